using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gatehouse.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Tokens : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "accounts_user_name",
                table: "accounts");

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "sessions",
                type: "TEXT",
                nullable: false,
                defaultValue: "Token");

            migrationBuilder.AddColumn<string>(
                name: "user_name_canonical",
                table: "accounts",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "version",
                table: "accounts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            // All names so far were made by us, in lower-case ASCII: they are their own canonical form.
            migrationBuilder.Sql("UPDATE accounts SET user_name_canonical = user_name");

            migrationBuilder.CreateIndex(
                name: "accounts_user_name",
                table: "accounts",
                column: "user_name_canonical",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "accounts_user_name",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "user_name_canonical",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "version",
                table: "accounts");

            migrationBuilder.CreateIndex(
                name: "accounts_user_name",
                table: "accounts",
                column: "user_name",
                unique: true);
        }
    }
}

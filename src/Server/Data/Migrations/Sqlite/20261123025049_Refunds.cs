using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gatehouse.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Refunds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "refunds",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    payment_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    charge_ref = table.Column<string>(type: "TEXT", nullable: false),
                    amount_nanos = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    posting_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    refund_ref = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    settled_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("refunds_key", x => x.id);
                    table.CheckConstraint("refunds_amount", "amount_nanos > 0");
                });

            migrationBuilder.CreateIndex(
                name: "refunds_account",
                table: "refunds",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "refunds_started",
                table: "refunds",
                column: "payment_id",
                unique: true,
                filter: "state = 'Started'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "refunds");
        }
    }
}

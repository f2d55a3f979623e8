using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gatehouse.Data.Migrations.Postgres
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    payment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    charge_ref = table.Column<string>(type: "text", nullable: false),
                    amount_nanos = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    posting_id = table.Column<Guid>(type: "uuid", nullable: false),
                    refund_ref = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    settled_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
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

            foreach (var table in (string[])["ledger_transactions", "ledger_entries"])
            {
                migrationBuilder.Sql($"""
                    CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table}
                    FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()
                    """);
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "refunds");
        }
    }
}

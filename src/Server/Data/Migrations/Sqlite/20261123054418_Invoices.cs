using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gatehouse.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Invoices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "billed_until",
                table: "usage_intervals",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "invoice_number",
                table: "payments",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "suspended_for",
                table: "accounts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "billings",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    billed_until = table.Column<long>(type: "INTEGER", nullable: false),
                    invoice_due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    prepaid_nanos = table.Column<long>(type: "INTEGER", nullable: false),
                    prepaid_until = table.Column<long>(type: "INTEGER", nullable: true),
                    prepaid_due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    is_low_told = table.Column<bool>(type: "INTEGER", nullable: false),
                    cap_nanos = table.Column<long>(type: "INTEGER", nullable: true),
                    cap_action = table.Column<string>(type: "TEXT", nullable: false),
                    cap_since = table.Column<long>(type: "INTEGER", nullable: false),
                    cap_due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    cap_warned_for = table.Column<long>(type: "INTEGER", nullable: false),
                    cap_reached_for = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("billings_key", x => x.account_id);
                    table.CheckConstraint("billings_not_negative", "prepaid_nanos >= 0 AND (cap_nanos IS NULL OR cap_nanos >= 0)");
                });

            migrationBuilder.CreateTable(
                name: "invoice_debts",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    open_nanos = table.Column<long>(type: "INTEGER", nullable: false),
                    credit_nanos = table.Column<long>(type: "INTEGER", nullable: false),
                    charged_nanos = table.Column<long>(type: "INTEGER", nullable: false),
                    failures = table.Column<int>(type: "INTEGER", nullable: false),
                    first_failed_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    next_try_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    paid_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("invoice_debts_key", x => x.number);
                    table.CheckConstraint("invoice_debts_amounts", "open_nanos >= 0 AND charged_nanos >= 0");
                });

            migrationBuilder.CreateTable(
                name: "invoice_series",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    last = table.Column<long>(type: "INTEGER", nullable: false),
                    head = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("invoice_series_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "invoice_slices",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    line = table.Column<int>(type: "INTEGER", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    interval_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    starts_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ends_at = table.Column<long>(type: "INTEGER", nullable: false),
                    sign = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("invoice_slices_key", x => new { x.number, x.line, x.position });
                    table.CheckConstraint("invoice_slices_forward", "ends_at > starts_at AND sign IN (-1, 1)");
                    table.ForeignKey(
                        name: "invoice_slices_interval_id",
                        column: x => x.interval_id,
                        principalTable: "usage_intervals",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "invoices",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    starts_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ends_at = table.Column<long>(type: "INTEGER", nullable: false),
                    issued_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    total_nanos = table.Column<long>(type: "INTEGER", nullable: false),
                    due_nanos = table.Column<long>(type: "INTEGER", nullable: false),
                    prepaid_nanos = table.Column<long>(type: "INTEGER", nullable: false),
                    posting_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    previous_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    document = table.Column<byte[]>(type: "BLOB", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("invoices_key", x => x.number);
                    table.CheckConstraint("invoices_amounts", "ends_at > starts_at AND due_nanos >= 0 AND prepaid_nanos >= 0");
                });

            migrationBuilder.CreateTable(
                name: "price_versions",
                columns: table => new
                {
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    starts_at = table.Column<long>(type: "INTEGER", nullable: false),
                    replica_megabyte_nanos = table.Column<long>(type: "INTEGER", nullable: false),
                    databases = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("price_versions_key", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "invoice_lines",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    line = table.Column<int>(type: "INTEGER", nullable: false),
                    app_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    app_name = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    resource_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    size_milli = table.Column<int>(type: "INTEGER", nullable: false),
                    price_version = table.Column<int>(type: "INTEGER", nullable: false),
                    period_starts_at = table.Column<long>(type: "INTEGER", nullable: false),
                    period_ends_at = table.Column<long>(type: "INTEGER", nullable: false),
                    units = table.Column<long>(type: "INTEGER", nullable: false),
                    month_nanos = table.Column<long>(type: "INTEGER", nullable: false),
                    amount_nanos = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("invoice_lines_key", x => new { x.number, x.line });
                    table.ForeignKey(
                        name: "invoice_lines_number",
                        column: x => x.number,
                        principalTable: "invoices",
                        principalColumn: "number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "usage_intervals_unbilled",
                table: "usage_intervals",
                column: "account_id",
                filter: "ends_at IS NULL OR billed_until IS NULL OR billed_until <> ends_at");

            migrationBuilder.CreateIndex(
                name: "payments_invoice",
                table: "payments",
                column: "invoice_number",
                filter: "invoice_number IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "billings_cap",
                table: "billings",
                columns: new[] { "cap_due_at", "account_id" },
                filter: "cap_due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "billings_invoice",
                table: "billings",
                columns: new[] { "invoice_due_at", "account_id" },
                filter: "invoice_due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "billings_prepaid",
                table: "billings",
                columns: new[] { "prepaid_due_at", "account_id" },
                filter: "prepaid_due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "invoice_debts_account",
                table: "invoice_debts",
                columns: new[] { "account_id", "number" });

            migrationBuilder.CreateIndex(
                name: "invoice_debts_due",
                table: "invoice_debts",
                columns: new[] { "next_try_at", "number" },
                filter: "next_try_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_invoice_slices_interval_id",
                table: "invoice_slices",
                column: "interval_id");

            migrationBuilder.CreateIndex(
                name: "invoices_period",
                table: "invoices",
                columns: new[] { "account_id", "starts_at" },
                unique: true);

            // Accounts that were metered before are looked at once, and then at the end of their period.
            migrationBuilder.Sql("""
                INSERT INTO billings (account_id, billed_until, invoice_due_at, prepaid_nanos, prepaid_due_at, is_low_told,
                    cap_action, cap_since, cap_warned_for, cap_reached_for)
                SELECT DISTINCT account_id, 0, 0, 0, 0, FALSE, 'Refuse', 0, 0, 0 FROM usage_intervals
                """);

            // An invoice stays as it was issued, and so do the prices it was made with.
            migrationBuilder.Sql("""
                CREATE TRIGGER invoices_fixed BEFORE UPDATE ON invoices
                BEGIN SELECT RAISE(ABORT, 'invoices are append-only'); END
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER invoices_kept BEFORE DELETE ON invoices
                BEGIN SELECT RAISE(ABORT, 'invoices are append-only'); END
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER invoice_lines_fixed BEFORE UPDATE ON invoice_lines
                BEGIN SELECT RAISE(ABORT, 'invoices are append-only'); END
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER invoice_lines_kept BEFORE DELETE ON invoice_lines
                BEGIN SELECT RAISE(ABORT, 'invoices are append-only'); END
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER invoice_slices_fixed BEFORE UPDATE ON invoice_slices
                BEGIN SELECT RAISE(ABORT, 'invoices are append-only'); END
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER invoice_slices_kept BEFORE DELETE ON invoice_slices
                BEGIN SELECT RAISE(ABORT, 'invoices are append-only'); END
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER price_versions_fixed BEFORE UPDATE ON price_versions
                BEGIN SELECT RAISE(ABORT, 'invoices are append-only'); END
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER price_versions_kept BEFORE DELETE ON price_versions
                BEGIN SELECT RAISE(ABORT, 'invoices are append-only'); END
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "billings");

            migrationBuilder.DropTable(
                name: "invoice_debts");

            migrationBuilder.DropTable(
                name: "invoice_lines");

            migrationBuilder.DropTable(
                name: "invoice_series");

            migrationBuilder.DropTable(
                name: "invoice_slices");

            migrationBuilder.DropTable(
                name: "price_versions");

            migrationBuilder.DropTable(
                name: "invoices");

            migrationBuilder.DropIndex(
                name: "usage_intervals_unbilled",
                table: "usage_intervals");

            migrationBuilder.DropIndex(
                name: "payments_invoice",
                table: "payments");

            migrationBuilder.DropColumn(
                name: "billed_until",
                table: "usage_intervals");

            migrationBuilder.DropColumn(
                name: "invoice_number",
                table: "payments");

            migrationBuilder.DropColumn(
                name: "suspended_for",
                table: "accounts");
        }
    }
}

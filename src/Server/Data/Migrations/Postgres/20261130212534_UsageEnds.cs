using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gatehouse.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class UsageEnds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "usage_intervals_end",
                table: "usage_intervals",
                columns: new[] { "account_id", "ends_at" });

            // Who was suspended before bills were made was so by the operator's will, and used nothing from then on.
            migrationBuilder.Sql("""
                UPDATE usage_intervals SET ends_at = GREATEST(starts_at,
                    (SELECT CAST(floor(extract(epoch FROM a.suspended_at)) AS bigint) FROM accounts a
                     WHERE a.id = usage_intervals.account_id))
                WHERE ends_at IS NULL AND account_id IN
                    (SELECT id FROM accounts WHERE suspended_at IS NOT NULL AND suspended_for IS NULL)
                """);
            migrationBuilder.Sql("""
                UPDATE accounts SET suspended_for = 'Operator' WHERE suspended_at IS NOT NULL AND suspended_for IS NULL
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "usage_intervals_end",
                table: "usage_intervals");
        }
    }
}

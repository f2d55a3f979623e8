using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gatehouse.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Apps : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "accounts_credits_not_negative",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "credit_nanos",
                table: "accounts");

            migrationBuilder.AddColumn<int>(
                name: "database_count",
                table: "accounts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "promo_code",
                table: "sign_ups",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "app_count",
                table: "accounts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "suspended_at",
                table: "accounts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "apps",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    owner_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    cloud = table.Column<string>(type: "TEXT", nullable: false),
                    region = table.Column<string>(type: "TEXT", nullable: false),
                    stack = table.Column<string>(type: "TEXT", nullable: false),
                    replicas = table.Column<int>(type: "INTEGER", nullable: false),
                    size_milli = table.Column<int>(type: "INTEGER", nullable: false),
                    replicas_running = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    domain_count = table.Column<int>(type: "INTEGER", nullable: false),
                    collaborator_count = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("apps_key", x => x.id);
                    table.CheckConstraint("apps_not_negative", "replicas >= 0 AND size_milli > 0 AND domain_count >= 0 AND collaborator_count >= 0");
                    table.ForeignKey(
                        name: "apps_owner_id",
                        column: x => x.owner_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "card_setups",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    provider_ref = table.Column<string>(type: "TEXT", nullable: false),
                    done_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("card_setups_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "credit_holds",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    owner_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    transaction_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ended_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("credit_holds_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "ledger_accounts",
                columns: table => new
                {
                    owner_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    balance = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("ledger_accounts_key", x => new { x.owner_id, x.kind });
                    table.CheckConstraint("ledger_accounts_floor", "balance >= 0 OR kind NOT IN ('Wallet', 'Promo', 'Reserved')");
                });

            migrationBuilder.CreateTable(
                name: "ledger_blocks",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    count = table.Column<int>(type: "INTEGER", nullable: false),
                    previous_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    sealed_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("ledger_blocks_key", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "ledger_chains",
                columns: table => new
                {
                    owner_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    length = table.Column<long>(type: "INTEGER", nullable: false),
                    head = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("ledger_chains_key", x => x.owner_id);
                });

            migrationBuilder.CreateTable(
                name: "ledger_transactions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    owner_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    request_key = table.Column<string>(type: "TEXT", nullable: false),
                    request_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    memo = table.Column<string>(type: "TEXT", nullable: false),
                    reversed_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    previous_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    block = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("ledger_transactions_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "payment_methods",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    holder_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    provider = table.Column<string>(type: "TEXT", nullable: false),
                    customer_ref = table.Column<string>(type: "TEXT", nullable: false),
                    method_ref = table.Column<string>(type: "TEXT", nullable: false),
                    brand = table.Column<string>(type: "TEXT", nullable: false),
                    last4 = table.Column<string>(type: "TEXT", nullable: false),
                    expiry_month = table.Column<int>(type: "INTEGER", nullable: false),
                    expiry_year = table.Column<int>(type: "INTEGER", nullable: false),
                    fingerprint = table.Column<byte[]>(type: "BLOB", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    replaced_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("payment_methods_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    purpose = table.Column<string>(type: "TEXT", nullable: false),
                    amount_nanos = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    request_key = table.Column<string>(type: "TEXT", nullable: false),
                    request_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    customer_ref = table.Column<string>(type: "TEXT", nullable: false),
                    method_ref = table.Column<string>(type: "TEXT", nullable: false),
                    charge_ref = table.Column<string>(type: "TEXT", nullable: true),
                    decline = table.Column<string>(type: "TEXT", nullable: true),
                    refunded_nanos = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    settled_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("payments_key", x => x.id);
                    table.CheckConstraint("payments_amount", "amount_nanos > 0 AND refunded_nanos BETWEEN 0 AND amount_nanos");
                });

            migrationBuilder.CreateTable(
                name: "promo_codes",
                columns: table => new
                {
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    credit_nanos = table.Column<long>(type: "INTEGER", nullable: false),
                    most_uses = table.Column<int>(type: "INTEGER", nullable: true),
                    uses = table.Column<int>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("promo_codes_key", x => x.code);
                    table.CheckConstraint("promo_codes_uses", "credit_nanos > 0 AND uses >= 0 AND (most_uses IS NULL OR uses <= most_uses)");
                });

            migrationBuilder.CreateTable(
                name: "promo_lots",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    owner_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    granted = table.Column<long>(type: "INTEGER", nullable: false),
                    remaining = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("promo_lots_key", x => x.id);
                    table.CheckConstraint("promo_lots_remaining", "granted > 0 AND remaining BETWEEN 0 AND granted");
                });

            migrationBuilder.CreateTable(
                name: "promo_redemptions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    address_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    card_hash = table.Column<byte[]>(type: "BLOB", nullable: true),
                    redeemed_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("promo_redemptions_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sandbox_objects",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    json = table.Column<string>(type: "TEXT", nullable: false),
                    request_key = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("sandbox_objects_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "usage_intervals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    app_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    app_name = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    resource_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    quantity = table.Column<int>(type: "INTEGER", nullable: false),
                    size_milli = table.Column<int>(type: "INTEGER", nullable: false),
                    starts_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ends_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("usage_intervals_key", x => x.id);
                    table.CheckConstraint("usage_intervals_forward", "quantity > 0 AND size_milli > 0 AND (ends_at IS NULL OR ends_at >= starts_at)");
                });

            migrationBuilder.CreateTable(
                name: "app_configs",
                columns: table => new
                {
                    app_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    sealed_value = table.Column<byte[]>(type: "BLOB", nullable: false),
                    changed_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("app_configs_key", x => new { x.app_id, x.name });
                    table.ForeignKey(
                        name: "app_configs_app_id",
                        column: x => x.app_id,
                        principalTable: "apps",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "app_databases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    app_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    owner_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tier = table.Column<string>(type: "TEXT", nullable: false),
                    size_milli = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<string>(type: "TEXT", nullable: false),
                    cloud = table.Column<string>(type: "TEXT", nullable: false),
                    region = table.Column<string>(type: "TEXT", nullable: false),
                    high_availability = table.Column<bool>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    limited_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    sealed_url = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("app_databases_key", x => x.id);
                    table.ForeignKey(
                        name: "app_databases_app_id",
                        column: x => x.app_id,
                        principalTable: "apps",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "app_events",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    app_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    @event = table.Column<string>(name: "event", type: "TEXT", nullable: false),
                    detail = table.Column<string>(type: "TEXT", nullable: false),
                    actor_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("app_events_key", x => x.id);
                    table.ForeignKey(
                        name: "app_events_app_id",
                        column: x => x.app_id,
                        principalTable: "apps",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "collaborators",
                columns: table => new
                {
                    app_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    email = table.Column<string>(type: "TEXT", nullable: false),
                    email_spelling = table.Column<string>(type: "TEXT", nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("collaborators_key", x => new { x.app_id, x.email });
                    table.ForeignKey(
                        name: "collaborators_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "collaborators_app_id",
                        column: x => x.app_id,
                        principalTable: "apps",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "domains",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    app_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    fqdn = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("domains_key", x => x.id);
                    table.ForeignKey(
                        name: "domains_app_id",
                        column: x => x.app_id,
                        principalTable: "apps",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ledger_entries",
                columns: table => new
                {
                    transaction_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    line = table.Column<int>(type: "INTEGER", nullable: false),
                    owner_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    lot_id = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("ledger_entries_key", x => new { x.transaction_id, x.line });
                    table.CheckConstraint("ledger_entries_amount", "amount <> 0 AND amount BETWEEN -1000000000000000000 AND 1000000000000000000");
                    table.ForeignKey(
                        name: "ledger_entries_transaction_id",
                        column: x => x.transaction_id,
                        principalTable: "ledger_transactions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.AddCheckConstraint(
                name: "accounts_counts",
                table: "accounts",
                sql: "app_count >= 0 AND database_count >= 0");

            migrationBuilder.CreateIndex(
                name: "app_databases_app",
                table: "app_databases",
                columns: new[] { "app_id", "id" });

            migrationBuilder.CreateIndex(
                name: "app_databases_owner",
                table: "app_databases",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "app_events_app",
                table: "app_events",
                columns: new[] { "app_id", "id" });

            migrationBuilder.CreateIndex(
                name: "apps_name",
                table: "apps",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "apps_owner",
                table: "apps",
                columns: new[] { "owner_id", "id" });

            migrationBuilder.CreateIndex(
                name: "card_setups_provider",
                table: "card_setups",
                column: "provider_ref",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "collaborators_account",
                table: "collaborators",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "credit_holds_open",
                table: "credit_holds",
                column: "expires_at",
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "credit_holds_owner",
                table: "credit_holds",
                columns: new[] { "owner_id", "id" });

            migrationBuilder.CreateIndex(
                name: "domains_fqdn",
                table: "domains",
                column: "fqdn",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_domains_app_id",
                table: "domains",
                column: "app_id");

            migrationBuilder.CreateIndex(
                name: "ledger_entries_account",
                table: "ledger_entries",
                columns: new[] { "owner_id", "kind" });

            migrationBuilder.CreateIndex(
                name: "ledger_transactions_block",
                table: "ledger_transactions",
                columns: new[] { "block", "id" });

            migrationBuilder.CreateIndex(
                name: "ledger_transactions_chain",
                table: "ledger_transactions",
                columns: new[] { "owner_id", "sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ledger_transactions_request",
                table: "ledger_transactions",
                column: "request_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ledger_transactions_reversed",
                table: "ledger_transactions",
                column: "reversed_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "payment_methods_current",
                table: "payment_methods",
                column: "holder_id",
                unique: true,
                filter: "replaced_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "payments_request",
                table: "payments",
                columns: new[] { "account_id", "request_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "payments_started",
                table: "payments",
                column: "created_at",
                filter: "state = 'Started'");

            migrationBuilder.CreateIndex(
                name: "promo_lots_owner",
                table: "promo_lots",
                columns: new[] { "owner_id", "expires_at" },
                filter: "remaining > 0");

            migrationBuilder.CreateIndex(
                name: "promo_account",
                table: "promo_redemptions",
                columns: new[] { "code", "account_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "promo_address",
                table: "promo_redemptions",
                columns: new[] { "code", "address_hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "promo_card",
                table: "promo_redemptions",
                columns: new[] { "code", "card_hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "sandbox_objects_request",
                table: "sandbox_objects",
                column: "request_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "usage_intervals_account",
                table: "usage_intervals",
                columns: new[] { "account_id", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "usage_intervals_open",
                table: "usage_intervals",
                column: "resource_id",
                unique: true,
                filter: "ends_at IS NULL");

            // What is booked stays booked: only the block in which a posting was sealed may be noted, once.
            migrationBuilder.Sql("""
                CREATE TRIGGER ledger_transactions_fixed BEFORE UPDATE ON ledger_transactions
                WHEN OLD.block IS NOT NULL OR NEW.id <> OLD.id OR NEW.hash <> OLD.hash OR NEW.owner_id <> OLD.owner_id
                    OR NEW.sequence <> OLD.sequence OR NEW.request_key <> OLD.request_key OR NEW.kind <> OLD.kind
                    OR NEW.memo <> OLD.memo OR NEW.at <> OLD.at OR NEW.previous_hash <> OLD.previous_hash
                    OR NEW.request_hash <> OLD.request_hash OR NEW.reversed_id IS NOT OLD.reversed_id
                BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER ledger_transactions_kept BEFORE DELETE ON ledger_transactions
                BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER ledger_entries_fixed BEFORE UPDATE ON ledger_entries
                BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER ledger_entries_kept BEFORE DELETE ON ledger_entries
                BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "app_configs");

            migrationBuilder.DropTable(
                name: "app_databases");

            migrationBuilder.DropTable(
                name: "app_events");

            migrationBuilder.DropTable(
                name: "card_setups");

            migrationBuilder.DropTable(
                name: "collaborators");

            migrationBuilder.DropTable(
                name: "credit_holds");

            migrationBuilder.DropTable(
                name: "domains");

            migrationBuilder.DropTable(
                name: "ledger_accounts");

            migrationBuilder.DropTable(
                name: "ledger_blocks");

            migrationBuilder.DropTable(
                name: "ledger_chains");

            migrationBuilder.DropTable(
                name: "ledger_entries");

            migrationBuilder.DropTable(
                name: "payment_methods");

            migrationBuilder.DropTable(
                name: "payments");

            migrationBuilder.DropTable(
                name: "promo_codes");

            migrationBuilder.DropTable(
                name: "promo_lots");

            migrationBuilder.DropTable(
                name: "promo_redemptions");

            migrationBuilder.DropTable(
                name: "sandbox_objects");

            migrationBuilder.DropTable(
                name: "usage_intervals");

            migrationBuilder.DropTable(
                name: "apps");

            migrationBuilder.DropTable(
                name: "ledger_transactions");

            migrationBuilder.DropCheckConstraint(
                name: "accounts_counts",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "promo_code",
                table: "sign_ups");

            migrationBuilder.DropColumn(
                name: "app_count",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "suspended_at",
                table: "accounts");

            migrationBuilder.RenameColumn(
                name: "database_count",
                table: "accounts",
                newName: "credit_nanos");

            migrationBuilder.AddCheckConstraint(
                name: "accounts_credits_not_negative",
                table: "accounts",
                sql: "credit_nanos >= 0");
        }
    }
}

using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gatehouse.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Google : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "issuer",
                table: "sign_ups",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "subject",
                table: "sign_ups",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "external_logins",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    issuer = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    email_spelling = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("external_logins_key", x => x.id);
                    table.ForeignKey(
                        name: "external_logins_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "terminal_logins",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    poll_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    visit_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    intent = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    failed_because = table.Column<string>(type: "TEXT", nullable: true),
                    sign_up_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    account_version = table.Column<int>(type: "INTEGER", nullable: false),
                    granted_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    pairing_code = table.Column<string>(type: "TEXT", nullable: false),
                    device = table.Column<string>(type: "TEXT", nullable: false),
                    address = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("terminal_logins_key", x => x.id);
                    table.ForeignKey(
                        name: "terminal_logins_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "terminal_logins_sign_up_id",
                        column: x => x.sign_up_id,
                        principalTable: "sign_ups",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "provider_visits",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    state_hash = table.Column<byte[]>(type: "BLOB", nullable: true),
                    browser_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    intent = table.Column<string>(type: "TEXT", nullable: false),
                    stage = table.Column<string>(type: "TEXT", nullable: false),
                    terminal_login_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    session_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    return_url = table.Column<string>(type: "TEXT", nullable: false),
                    issuer = table.Column<string>(type: "TEXT", nullable: true),
                    subject = table.Column<string>(type: "TEXT", nullable: true),
                    email = table.Column<string>(type: "TEXT", nullable: true),
                    email_spelling = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("provider_visits_key", x => x.id);
                    table.ForeignKey(
                        name: "provider_visits_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "provider_visits_terminal_login_id",
                        column: x => x.terminal_login_id,
                        principalTable: "terminal_logins",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "external_logins_account",
                table: "external_logins",
                columns: new[] { "account_id", "issuer" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "external_logins_identity",
                table: "external_logins",
                columns: new[] { "issuer", "subject" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_provider_visits_account_id",
                table: "provider_visits",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "IX_provider_visits_terminal_login_id",
                table: "provider_visits",
                column: "terminal_login_id");

            migrationBuilder.CreateIndex(
                name: "provider_visits_browser",
                table: "provider_visits",
                column: "browser_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "provider_visits_expiry",
                table: "provider_visits",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "provider_visits_state",
                table: "provider_visits",
                column: "state_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_terminal_logins_account_id",
                table: "terminal_logins",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "IX_terminal_logins_sign_up_id",
                table: "terminal_logins",
                column: "sign_up_id");

            migrationBuilder.CreateIndex(
                name: "terminal_logins_expiry",
                table: "terminal_logins",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "terminal_logins_poll",
                table: "terminal_logins",
                column: "poll_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "terminal_logins_visit",
                table: "terminal_logins",
                column: "visit_hash",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "external_logins");

            migrationBuilder.DropTable(
                name: "provider_visits");

            migrationBuilder.DropTable(
                name: "terminal_logins");

            migrationBuilder.DropColumn(
                name: "issuer",
                table: "sign_ups");

            migrationBuilder.DropColumn(
                name: "subject",
                table: "sign_ups");
        }
    }
}

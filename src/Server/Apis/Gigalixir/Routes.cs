using Gatehouse.Features.Accounts;
using Gatehouse.Features.Audit;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>Every route of the <c>/api</c> dialect, one line each.</summary>
public static class Routes
{
    /// <summary>What the dialect needs besides the operations.</summary>
    public static IServiceCollection AddGigalixir(this IServiceCollection services) =>
        services.AddScoped<SignUps>().AddScoped<SignUpPayment>().AddScoped<Offer>();

    /// <summary>Writes the export of whoever calls; the console offers the same document.</summary>
    public static Task<IResult> Export(HttpContext http, CancellationToken stop)
    {
        var services = http.RequestServices;
        var export = services.GetRequiredService<ExportAccount>();
        return Audit.Export(http, export, services.GetRequiredService<ShowActivity>(), stop);
    }

    public static void MapGigalixir(this WebApplication app)
    {
        app.UseSurface("/api", Errors.Write);
        var api = app.MapGroup("/api").WithTags("Gigalixir");

        // Anybody; a stale Authorization header is not even looked at.
        api.MapPost("/signup", SignUps.Step).Takes<SignUpRequest>().Gives<SignUpReply>();
        api.MapPost("/free_users", SignUps.Register).Takes<RegisterRequest>().Gives<object>();
        api.MapPatch("/users", Passwords.TooOld).ExcludeFromDescription();
        api.MapDelete("/users", Passwords.TooOld).ExcludeFromDescription();
        api.MapPost("/api_keys", Passwords.TooOld).ExcludeFromDescription();
        api.MapGet("/validate_email", SignUps.ValidateEmail).Gives<object>();
        api.MapPost("/users/confirm", Confirmations.Confirm).Takes<ConfirmRequest>().Gives<ConfirmedReply>();
        api.MapPut("/users/reconfirm_email", Confirmations.Resend).Takes<ConfirmRequest>().Gives<object>();
        api.MapPut("/users/reset_password", Passwords.RequestReset).Takes<PasswordRequest>().Gives<object>();
        api.MapPost("/users/reset_password", Passwords.Reset).Takes<PasswordRequest>().Gives<object>();
        api.MapPost("/users/email/confirm", EmailChanges.Confirm).Takes<EmailChangeRequest>().Gives<ConfirmedReply>();
        api.MapPost("/users/email/revoke", EmailChanges.Revoke).Takes<EmailChangeRequest>().Gives<RevokedReply>();
        api.MapGet("/login", Logins.WithBasic).Gives<LoginReply>();
        api.MapPost("/login", Logins.WithBody).Takes<LoginRequest>().Gives<LoginReply>();
        api.MapGet("/oauth", ExternalLogins.List).Gives<OfferedProvidersReply>();
        api.MapPost("/oauth/{provider}", ExternalLogins.Start).Takes<OAuthRequest>().Gives<TerminalReply>(201);
        api.MapGet("/oauth/{provider}/{session}", ExternalLogins.Poll).Gives<TerminalLoginReply>();

        // With an API key.
        var keyed = api.MapGroup("").AddEndpointFilter<Authentication>();
        keyed.MapDelete("/login", Logins.End).Gives<object>();
        keyed.MapDelete("/oauth/{provider}", ExternalLogins.Unlink).Takes<OAuthRequest>().Gives<object>();
        keyed.MapGet("/users", Accounts.Show).ShowsAccount().Gives<AccountReply>();
        keyed.MapPost("/users/email", EmailChanges.Request).Takes<EmailChangeRequest>().Gives<object>();
        keyed.MapPatch("/users/change_password", Passwords.Change).Takes<PasswordRequest>().Gives<MessageReply>();
        keyed.MapGet("/users/destroy", Closing.Plan).Gives<ClosingPlan>();
        keyed.MapDelete("/users/destroy", Closing.Close).Takes<CloseRequest>().Gives<object>();
        keyed.MapPost("/api_keys/regenerate", ApiKeys.Reset).Takes<ApiKeyRequest>().Gives<KeyReply>(201);
        keyed.MapGet("/account_keys", ApiKeys.List).Gives<IReadOnlyList<ListedKeyReply>>();
        keyed.MapPost("/account_keys", ApiKeys.Create).Takes<ApiKeyRequest>().Gives<ListedKeyReply>(201);
        keyed.MapDelete("/account_keys/{name}", ApiKeys.Revoke).Takes<ApiKeyRequest>().Gives<object>();
        keyed.MapGet("/sessions", Sessions.List).Gives<IReadOnlyList<SessionReply>>();
        keyed.MapDelete("/sessions/{id}", Sessions.End).Gives<object>();
        keyed.MapPost("/mfa/start", SecondFactors.Start).Takes<FactorRequest>().Gives<FactorReply>();
        keyed.MapPost("/mfa/verify", SecondFactors.Verify).Takes<FactorRequest>().Gives<RecoveryCodesReply>();
        keyed.MapDelete("/mfa", SecondFactors.Deactivate).Takes<FactorRequest>().Gives<MessageReply>();
        keyed.MapPost("/mfa/recovery_codes", SecondFactors.Regenerate)
            .Takes<FactorRequest>().Gives<RecoveryCodesReply>();
        keyed.MapGet("/ssh_keys", SshKeys.List).Gives<IReadOnlyList<SshKeyReply>>();
        keyed.MapPost("/ssh_keys", SshKeys.Add).Takes<SshKeyRequest>().Gives<SshKeyReply>(201);
        keyed.MapDelete("/ssh_keys", SshKeys.Remove).Takes<SshKeyRequest>().Gives<object>();
        keyed.MapGet("/payment_methods", PaymentMethods.Show).Gives<PaymentMethodReply>();
        keyed.MapPut("/payment_methods", PaymentMethods.Set).Takes<PaymentMethodRequest>().Gives<PaymentMethodReply>();
        keyed.MapPost("/payment_methods/setups", PaymentMethods.Open)
            .Takes<PaymentMethodRequest>().Gives<CardSetupReply>(201);
        keyed.MapGet("/payment_methods/setups/{id}", PaymentMethods.ShowSetup).Gives<CardSetupReply>();
        keyed.MapGet("/upgrade", Upgrades.Plan).Gives<UpgradePlanReply>();
        keyed.MapPost("/upgrade", Upgrades.Upgrade).Takes<UpgradeRequest>().Gives<object>();
        keyed.MapPut("/users/upgrade", Upgrades.UpgradeWithCardOnFile).Gives<object>();
        keyed.MapGet("/credits", Credits.Show).Gives<CreditsReply>();
        keyed.MapPost("/credits", Credits.Buy).Takes<CreditsRequest>().Gives<PaymentReply>(201);
        keyed.MapGet("/usage", Usage.Show).Gives<IReadOnlyList<AppCostReply>>();
        keyed.MapGet("/usage/run_rate", Usage.ShowRunRate).Gives<IReadOnlyList<AppCostReply>>();
        keyed.MapGet("/invoices", Invoices.List).Gives<IReadOnlyList<InvoiceRowReply>>();
        keyed.MapGet("/invoices/{number}", Invoices.Show).Gives<InvoiceReply>();
        keyed.MapGet("/invoices/{number}/lines/{line}/explanation", Invoices.Explain).Gives<ExplanationReply>();
        keyed.MapGet("/spend_cap", SpendCaps.Show).Gives<SpendCapReply>();
        keyed.MapPut("/spend_cap", SpendCaps.Set).Takes<SpendCapRequest>().Gives<SpendCapReply>();
        keyed.MapGet("/activity", Audit.List).Gives<IReadOnlyList<ActivityReply>>();
        keyed.MapGet("/export", Audit.Export).Gives<ExportReply>();
        MapApps(keyed);
    }

    /// <summary>Apps and what belongs to them.</summary>
    private static void MapApps(RouteGroupBuilder keyed)
    {
        keyed.MapGet("/apps", Apps.List).Gives<IReadOnlyList<AppReply>>();
        keyed.MapPost("/apps", Apps.Create).Takes<AppRequest>().Gives<AppReply>(201);
        keyed.MapGet("/apps/{app}", Apps.Show).Gives<AppReply>();
        keyed.MapDelete("/apps/{app}", Apps.Destroy).Gives<string>();
        var app = keyed.MapGroup("/apps/{app}");
        app.MapGet("/status", Apps.ShowStatus).Gives<AppStatusReply>();
        app.MapPut("/scale", Apps.Scale).Takes<ScaleRequest>().Gives<ScaleReply>();
        app.MapPut("/restart", Apps.Restart).Gives<string>();
        app.MapPut("/maintenance", Apps.Maintain).Takes<MaintenanceRequest>().Gives<string>();
        app.MapPut("/stack", Apps.Restack).Takes<AppRequest>().Gives<object>();
        app.MapGet("/activity", Apps.ListActivity).Gives<IReadOnlyList<AppEventReply>>();
        app.MapGet("/databases", Databases.List).Gives<IReadOnlyList<DatabaseReply>>();
        app.MapPost("/databases", Databases.CreatePaid).Takes<DatabaseRequest>().Gives<DatabaseReply>(201);
        app.MapPost("/free_databases", Databases.CreateFree).Takes<DatabaseRequest>().Gives<DatabaseReply>(201);
        app.MapPut("/databases/{id}", Databases.Scale).Takes<DatabaseRequest>().Gives<DatabaseReply>();
        app.MapDelete("/databases/{id}", Databases.Destroy).Gives<DestroyedReply>();
        MapDatabase(app.MapGroup("/databases/{id}"));
        app.MapGet("/domains", Domains.List).Gives<IReadOnlyList<string>>();
        app.MapPost("/domains", Domains.Add).Takes<DomainRequest>().Gives<DomainReply>(201);
        app.MapDelete("/domains", Domains.Remove).Takes<DomainRequest>().Gives<object>();
        app.MapGet("/permissions", Collaborators.List).Gives<PermissionsReply>();
        app.MapPost("/permissions", Collaborators.Grant).Takes<PermissionRequest>().Gives<object>(201);
        app.MapDelete("/permissions", Collaborators.Revoke).Takes<PermissionRequest>().Gives<object>();
        app.MapGet("/configs", Configs.List).Gives<IReadOnlyDictionary<string, string>>();
        app.MapPost("/configs", Configs.Set).Takes<ConfigsRequest>().Gives<IReadOnlyDictionary<string, string>>(201);
        app.MapPost("/configs/copy", Configs.Copy)
            .Takes<ConfigsRequest>().Gives<IReadOnlyDictionary<string, string>>();
        app.MapDelete("/configs", Configs.Unset).Takes<ConfigsRequest>().Gives<object>();
        app.Map("/{**rest}", Apps.NotBuilt).ExcludeFromDescription();
    }

    /// <summary>What can be asked of one database; some of it only to be told what there is instead.</summary>
    private static void MapDatabase(RouteGroupBuilder database)
    {
        database.MapPut("/restart", Databases.Restart).Gives<DatabaseReply>();
        database.MapPut("/stop", Databases.Stop).Gives<DatabaseReply>();
        database.MapPut("/start", Databases.Start).Gives<DatabaseReply>();
        database.MapPost("/upgrade", Databases.Upgrade).Takes<DatabaseRequest>().Gives<object>();
        database.MapGet("/backups", Databases.ListBackups).Gives<IReadOnlyList<object>>();
        database.MapPost("/backups/{backup}/restore", Databases.Restore).Gives<object>();
        database.MapGet("/read_replicas", Databases.ListReplicas).Gives<IReadOnlyList<DatabaseReply>>();
        database.MapPost("/read_replicas", Databases.CreateReplica).Takes<DatabaseRequest>().Gives<object>(201);
    }

    /// <summary>
    /// Describes a body for GET /openapi.json. The routes read it themselves, see <see cref="Json"/>.
    /// </summary>
    private static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route)
        where T : notnull =>
        route.WithMetadata(new AcceptsMetadata<T>());

    private static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder route, int status = 200) => route
        .Produces<DataEnvelope<T>>(status, "application/json")
        .Produces<ErrorEnvelope>(422, "application/json")
        .Produces<ErrorEnvelope>(429, "application/json");

    /// <summary>Says what a route takes without making the framework refuse other content types.</summary>
    private sealed class AcceptsMetadata<T> : Microsoft.AspNetCore.Http.Metadata.IAcceptsMetadata
    {
        public IReadOnlyList<string> ContentTypes => ["application/json", "*/*"];

        public Type? RequestType => typeof(T);

        public bool IsOptional => true;
    }
}

using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>Every route of the <c>/api</c> dialect, one line each.</summary>
public static class Routes
{
    /// <summary>What the dialect needs besides the operations.</summary>
    public static void AddGigalixir(this IServiceCollection services) =>
        services.AddScoped<SignUps>().AddSingleton<Offer>();

    public static void MapGigalixir(this WebApplication app)
    {
        app.UseSurface("/api", Errors.Write);
        var api = app.MapGroup("/api").AddEndpointFilter<ClientVersion>().WithTags("Gigalixir");

        // Anybody; a stale Authorization header is not even looked at.
        api.MapPost("/signup", SignUps.Step).Takes<SignUpRequest>().Gives<SignUpReply>();
        api.MapPost("/free_users", SignUps.Register).Takes<RegisterRequest>().Gives<object>();
        api.MapGet("/validate_email", SignUps.ValidateEmail).Gives<object>();
        api.MapPost("/users/confirm", Confirmations.Confirm).Takes<ConfirmRequest>().Gives<ConfirmedReply>();
        api.MapPut("/users/reconfirm_email", Confirmations.Resend).Takes<ConfirmRequest>().Gives<object>();
        api.MapGet("/login", Logins.WithBasic).Gives<LoginReply>();
        api.MapPost("/login", Logins.WithBody).Takes<LoginRequest>().Gives<LoginReply>();

        // With an API key.
        var keyed = api.MapGroup("").AddEndpointFilter<Authentication>();
        keyed.MapDelete("/login", Logins.End).Gives<object>();
        keyed.MapGet("/users", Accounts.Show).Gives<AccountReply>();
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

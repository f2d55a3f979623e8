using Gatehouse.Platform;

namespace Gatehouse.Apis.Temporal;

/// <summary>Every route of the <c>/v2</c> dialect, one line each.</summary>
public static class Routes
{
    /// <summary>What the dialect needs besides the operations.</summary>
    public static IServiceCollection AddTemporal(this IServiceCollection services) => services.AddSingleton<Terms>();

    public static void MapTemporal(this WebApplication app)
    {
        app.UseWhen(
            http => http.Request.Path.StartsWithSegments("/v2", StringComparison.OrdinalIgnoreCase),
            surface => surface.Use(Cors.Apply).Use(RequestLimit.Apply));
        app.UseSurface("/v2", Errors.Write);
        app.MapGet("/.well-known/jwks.json", Tokens.ListKeys).WithTags("Temporal").Produces<KeysReply>();
        var v2 = app.MapGroup("/v2").WithTags("Temporal");

        // Anybody; a stale Authorization header is not even looked at.
        v2.MapPost("/auth/login", Logins.LogIn).Takes(["username", "password"], "mfa_token").Produces<TokenReply>();
        v2.MapPost("/auth/register", Accounts.Register)
            .Needs(["username", "password", "email_address"]).Gives<UserReply>();
        v2.MapGet("/account/email/verify/{user}/{token}", Confirmations.Confirm).Gives<string>();
        v2.MapPost("/forgot/username", Accounts.RemindUserName).Needs(["email_address"]).Gives<string>();
        v2.MapPost("/forgot/password", Passwords.Forgot).Needs(["email_address"]).Gives<string>();
        v2.MapGet("/systems/check", Systems.Check).Produces<SystemsReply>();

        // With a token.
        var logged = v2.MapGroup("").AddEndpointFilter<Authentication>();
        logged.MapGet("/auth/refresh", Logins.Refresh).Produces<TokenReply>();
        logged.MapGet("/account/token/username", Accounts.ShowUserName).ShowsAccount().Gives<string>();
        logged.MapPost("/account/password/change", Passwords.Change)
            .Needs(["old_password", "new_password"], "mfa_token").Gives<string>();
        logged.MapPost("/account/upgrade", Accounts.Upgrade).Gives<string>();
        logged.MapGet("/account/credits/available", Credits.Show).ShowsAccount().Gives<decimal>();
        logged.MapGet("/account/usage", Usage.Show).ShowsAccount().Gives<UsageReply>();
        logged.MapPost("/account/email/forgot", Accounts.ShowEmail).ShowsAccount().Gives<string>();
        logged.MapPost("/forgot/email", Accounts.ShowEmail).ShowsAccount().Gives<string>();
        logged.MapPost("/payments/stripe/charge", Payments.Charge)
            .Needs(["stripe_token", "stripe_email", "value_in_cents"]).Gives<string>();
        foreach (var path in (string[])["eth/request", "eth/confirm", "dash/create", "bch/create", "bch/confirm"])
            logged.MapPost($"/payments/{path}", Payments.Crypto).Gives<string>();
        logged.MapGet("/payments/status/{number}", Payments.Status).Gives<bool>();
    }

    private static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder route) => route
        .Produces<Success<T>>(200, "application/json")
        .Produces<HandlerError>(400, "application/json")
        .Produces<HandlerError>(429, "application/json");
}

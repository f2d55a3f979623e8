namespace Gatehouse.Platform;

/// <summary>
/// Marks the routes that show the account of whoever calls and change nothing: how it stands is then read together with
/// the key or token, in one statement.
/// </summary>
public static class AccountRoutes
{
    /// <summary>Marks a route.</summary>
    public static RouteHandlerBuilder ShowsAccount(this RouteHandlerBuilder route) => route.WithMetadata(Mark.It);

    /// <summary>Says whether a request is for such a route.</summary>
    public static bool ShowsAccount(this HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<Mark>() is not null;

    private sealed class Mark
    {
        public static readonly Mark It = new();
    }
}

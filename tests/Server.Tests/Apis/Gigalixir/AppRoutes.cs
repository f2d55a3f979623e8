using Gatehouse.Domain;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>A route below an app, a body that would do, and the least part in the app that it takes.</summary>
internal sealed record AppRoute(string What, object? Body, AppRole Least)
{
    /// <summary>The request for one app.</summary>
    public string At(string app) => What.Replace("{app}", app, StringComparison.Ordinal);
}

/// <summary>Every route below an app.</summary>
internal static class AppRoutes
{
    private const string Id = "00000000-0000-0000-0000-000000000000";

    public static readonly IReadOnlyList<AppRoute> All =
    [
        new("GET /api/apps/{app}", null, AppRole.Viewer),
        new("GET /api/apps/{app}/status", null, AppRole.Viewer),
        new("GET /api/apps/{app}/activity", null, AppRole.Viewer),
        new("GET /api/apps/{app}/databases", null, AppRole.Viewer),
        new("GET /api/apps/{app}/domains", null, AppRole.Viewer),
        new("GET /api/apps/{app}/permissions", null, AppRole.Viewer),
        new("GET /api/apps/{app}/configs", null, AppRole.Collaborator),
        new("PUT /api/apps/{app}/scale", new { replicas = 1 }, AppRole.Collaborator),
        new("PUT /api/apps/{app}/restart", null, AppRole.Collaborator),
        new("PUT /api/apps/{app}/stack", new { stack = "gigalixir-22" }, AppRole.Collaborator),
        new("POST /api/apps/{app}/databases", new { size = 0.6 }, AppRole.Collaborator),
        new("POST /api/apps/{app}/free_databases", new { }, AppRole.Collaborator),
        new($"PUT /api/apps/{{app}}/databases/{Id}", new { size = 1.7 }, AppRole.Collaborator),
        new($"DELETE /api/apps/{{app}}/databases/{Id}", null, AppRole.Collaborator),
        new($"PUT /api/apps/{{app}}/databases/{Id}/restart", null, AppRole.Collaborator),
        new($"PUT /api/apps/{{app}}/databases/{Id}/stop", null, AppRole.Collaborator),
        new($"PUT /api/apps/{{app}}/databases/{Id}/start", null, AppRole.Collaborator),
        new($"POST /api/apps/{{app}}/databases/{Id}/upgrade", new { }, AppRole.Collaborator),
        new($"GET /api/apps/{{app}}/databases/{Id}/backups", null, AppRole.Viewer),
        new($"POST /api/apps/{{app}}/databases/{Id}/backups/{Id}/restore", null, AppRole.Collaborator),
        new($"GET /api/apps/{{app}}/databases/{Id}/read_replicas", null, AppRole.Viewer),
        new($"POST /api/apps/{{app}}/databases/{Id}/read_replicas", new { size = 0.6 }, AppRole.Collaborator),
        new("PUT /api/apps/{app}/maintenance", new { enable = true }, AppRole.Collaborator),
        new("POST /api/apps/{app}/configs/copy", new { from = "engine" }, AppRole.Collaborator),
        new("POST /api/apps/{app}/domains", new { fqdn = "www.example.com" }, AppRole.Collaborator),
        new("DELETE /api/apps/{app}/domains", new { fqdn = "www.example.com" }, AppRole.Collaborator),
        new("POST /api/apps/{app}/configs", new { configs = new { A = "b" } }, AppRole.Collaborator),
        new("DELETE /api/apps/{app}/configs", new { key = "A" }, AppRole.Collaborator),
        new("POST /api/apps/{app}/permissions", new { email = "eve@example.org" }, AppRole.Owner),
        new("DELETE /api/apps/{app}/permissions", new { email = "eve@example.org" }, AppRole.Owner),
        new("DELETE /api/apps/{app}", null, AppRole.Owner),
    ];
}

using Gatehouse.Domain;
using Gatehouse.Features.Collaborators;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>Who may do what with an app (README, "Permissions").</summary>
internal static class Collaborators
{
    /// <summary><c>GET /api/apps/{app}/permissions</c>.</summary>
    public static Task<IResult> List(HttpContext http, string app, ListAccess list, CancellationToken stop) =>
        list.Run(http.Caller(), app, stop).Answer(access => Json.Data(PermissionsReply.Of(access)));

    /// <summary><c>POST /api/apps/{app}/permissions</c>: 201, whoever the address belongs to.</summary>
    public static Task<IResult> Grant(HttpContext http, string app, GrantAccess grant, CancellationToken stop) =>
        Json.Reading<PermissionRequest>(http, body => grant
            .Run(http.Caller(), app, body.Email, body.Role, stop)
            .Answer(_ => Json.Data(new { }, StatusCodes.Status201Created)));

    /// <summary><c>DELETE /api/apps/{app}/permissions</c>.</summary>
    public static Task<IResult> Revoke(HttpContext http, string app, RevokeAccess revoke, CancellationToken stop) =>
        Json.Reading<PermissionRequest>(http, body => revoke
            .Run(http.Caller(), app, body.Email, stop)
            .Answer(Json.Nothing));
}

/// <summary>What the routes of this file take, each its own part.</summary>
internal sealed record PermissionRequest
{
    public string? Email { get; init; }

    public string? Role { get; init; }
}

/// <summary>Addresses by role.</summary>
internal sealed record PermissionsReply(
    string Owner, IEnumerable<string> Collaborators, IEnumerable<string> Viewers)
{
    public static PermissionsReply Of(AppAccess access) =>
        new(access.Owner, In(access, AppRole.Collaborator), In(access, AppRole.Viewer));

    private static IEnumerable<string> In(AppAccess access, AppRole role) =>
        access.People.Where(person => person.Role == role).Select(person => person.EmailSpelling);
}

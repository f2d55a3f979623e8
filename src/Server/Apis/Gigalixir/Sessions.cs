using Gatehouse.Domain;
using Gatehouse.Features.Sessions;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>Browsers and token holders that are logged in (README, "Sessions").</summary>
internal static class Sessions
{
    /// <summary><c>GET /api/sessions</c>.</summary>
    public static Task<IResult> List(HttpContext http, ListSessions list, CancellationToken stop) =>
        list.Run(http.Caller(), stop).Answer(sessions => Json.Data(sessions.Select(SessionReply.Of)));

    /// <summary><c>DELETE /api/sessions/{id}</c>.</summary>
    public static Task<IResult> End(HttpContext http, string id, EndSession end, CancellationToken stop) =>
        Guid.TryParse(id, out var sessionId)
            ? end.Run(http.Caller(), sessionId, stop).Answer(Json.Nothing)
            : Task.FromResult(Errors.Answer(new Refusal(Reason.NotFound)));
}

/// <summary>A login as lists show it.</summary>
internal sealed record SessionReply(
    Guid Id, string Device, string Address, DateTime CreatedAt, DateTime LastSeenAt, DateTime ExpiresAt)
{
    public static SessionReply Of(Session session) => new(
        session.Id, session.Device, session.Address, session.CreatedAt, session.LastSeenAt, session.ExpiresAt);
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Gatehouse.Domain;
using Gatehouse.Features.Databases;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>PostgreSQL databases of apps (README, "Databases").</summary>
internal static class Databases
{
    /// <summary><c>GET /api/apps/{app}/databases</c>.</summary>
    public static Task<IResult> List(HttpContext http, string app, ListDatabases list, CancellationToken stop) =>
        list.Run(http.Caller(), app, stop).Answer(found => Json.Data(found.Select(DatabaseReply.Of)));

    /// <summary><c>POST /api/apps/{app}/databases</c>: 201, clients take 200 for a failure.</summary>
    public static Task<IResult> CreatePaid(
        HttpContext http, string app, CreateDatabase create, CancellationToken stop) =>
        Json.Reading<DatabaseRequest>(http, body => Gigabytes.Read(body.Size).Match(
            size => Create(http, app, create, body.Wanted(isFree: false) with { Gigabytes = size }, stop),
            refused => Task.FromResult(Errors.Answer(refused))));

    /// <summary><c>POST /api/apps/{app}/free_databases</c>: 201.</summary>
    public static Task<IResult> CreateFree(
        HttpContext http, string app, CreateDatabase create, CancellationToken stop) =>
        Json.Reading<DatabaseRequest>(http, body => Create(http, app, create, body.Wanted(isFree: true), stop));

    /// <summary><c>PUT /api/apps/{app}/databases/{id}</c>: a size that is null stays as it is.</summary>
    public static Task<IResult> Scale(
        HttpContext http, string app, string id, ScaleDatabase scale, CancellationToken stop) =>
        Json.Reading<DatabaseRequest>(http, body => Gigabytes.Read(body.Size).Match(
            size => scale.Run(http.Caller(), app, IdOf(id), new ScaledDatabase(size, body.HighAvailability), stop)
                .Answer(found => Json.Data(DatabaseReply.Of(found))),
            refused => Task.FromResult(Errors.Answer(refused))));

    /// <summary><c>DELETE /api/apps/{app}/databases/{id}</c>: free ones too.</summary>
    public static Task<IResult> Destroy(
        HttpContext http, string app, string id, DestroyDatabase destroy, CancellationToken stop) => destroy
        .Run(http.Caller(), app, IdOf(id), stop)
        .Answer(destroyed => Json.Data(new DestroyedReply(destroyed.IsGone ? "DELETED" : "DELETING")));

    /// <summary><c>PUT /api/apps/{app}/databases/{id}/restart</c>: ends what is connected.</summary>
    public static Task<IResult> Restart(
        HttpContext http, string app, string id, RestartDatabase restart, CancellationToken stop) =>
        restart.Run(http.Caller(), app, IdOf(id), stop).Answer(found => Json.Data(DatabaseReply.Of(found)));

    /// <summary><c>PUT /api/apps/{app}/databases/{id}/stop</c>.</summary>
    public static Task<IResult> Stop(
        HttpContext http, string app, string id, SwitchDatabase change, CancellationToken stop) =>
        change.Run(http.Caller(), app, IdOf(id), isOn: false, stop).Answer(found => Json.Data(DatabaseReply.Of(found)));

    /// <summary><c>PUT /api/apps/{app}/databases/{id}/start</c>.</summary>
    public static Task<IResult> Start(
        HttpContext http, string app, string id, SwitchDatabase change, CancellationToken stop) =>
        change.Run(http.Caller(), app, IdOf(id), isOn: true, stop).Answer(found => Json.Data(DatabaseReply.Of(found)));

    /// <summary><c>POST /api/apps/{app}/databases/{id}/upgrade</c>.</summary>
    public static Task<IResult> Upgrade(
        HttpContext http, string app, string id, DeclineExtra decline, CancellationToken stop) =>
        Decline(http, app, id, decline, DatabaseExtra.OtherVersion, stop);

    /// <summary><c>GET /api/apps/{app}/databases/{id}/backups</c>.</summary>
    public static Task<IResult> ListBackups(
        HttpContext http, string app, string id, DeclineExtra decline, CancellationToken stop) =>
        Decline(http, app, id, decline, DatabaseExtra.Backups, stop);

    /// <summary><c>POST /api/apps/{app}/databases/{id}/backups/{backup}/restore</c>.</summary>
    public static Task<IResult> Restore(
        HttpContext http, string app, string id, DeclineExtra decline, CancellationToken stop) =>
        Decline(http, app, id, decline, DatabaseExtra.Restore, stop);

    /// <summary><c>GET /api/apps/{app}/databases/{id}/read_replicas</c>: there never are any.</summary>
    public static Task<IResult> ListReplicas(
        HttpContext http, string app, string id, ListDatabases list, CancellationToken stop) => list
        .Run(http.Caller(), app, stop)
        .Answer(found => found.Any(one => one.Database.Id == IdOf(id))
            ? Json.Data(Array.Empty<DatabaseReply>())
            : Errors.Answer(new Refusal(Reason.NotFound)));

    /// <summary><c>POST /api/apps/{app}/databases/{id}/read_replicas</c>.</summary>
    public static Task<IResult> CreateReplica(
        HttpContext http, string app, string id, DeclineExtra decline, CancellationToken stop) =>
        Decline(http, app, id, decline, DatabaseExtra.Replica, stop);

    private static async Task<IResult> Decline(
        HttpContext http, string app, string id, DeclineExtra decline, DatabaseExtra what, CancellationToken stop) =>
        Errors.Answer(await decline.Run(http.Caller(), app, IdOf(id), what, stop));

    private static Task<IResult> Create(
        HttpContext http, string app, CreateDatabase create, WantedDatabase wanted, CancellationToken stop) => create
        .Run(http.Caller(), app, wanted, stop)
        .Answer(made => Json.Data(DatabaseReply.Of(made), StatusCodes.Status201Created));

    /// <summary>What is no id names nothing.</summary>
    private static Guid IdOf(string text) => Guid.TryParseExact(text, "D", out var id) ? id : Guid.Empty;
}

/// <summary>What the routes of this file take, each its own part.</summary>
internal sealed record DatabaseRequest
{
    public JsonElement? Size { get; init; }

    public string? HighAvailability { get; init; }

    public string? Cloud { get; init; }

    public string? Region { get; init; }

    public string? Version { get; init; }

    public WantedDatabase Wanted(bool isFree) => new(isFree) { Version = Version, Cloud = Cloud, Region = Region };
}

/// <summary>A database as clients know it. While it is not made, where it is reached is null.</summary>
internal sealed record DatabaseReply(
    string AppName, Guid Id, string HighAvailability, int ReadReplicas, string State, string Tier, string Version)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Database { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Host { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Password { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? Port { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Url { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Username { get; init; }

    /// <summary>What there is to mind; missing where there is nothing.</summary>
    public string? Note { get; init; }

    /// <summary>When the row limit made it read-only, as JSON; missing of paid ones, which have none.</summary>
    public JsonElement? LimitedAt { get; init; }

    /// <summary>Missing of free ones, like region and cloud.</summary>
    public decimal? Size { get; init; }

    public string? Region { get; init; }

    public string? Cloud { get; init; }

    public static DatabaseReply Of(FoundDatabase found)
    {
        var database = found.Database;
        var reply = new DatabaseReply(
            found.AppName,
            database.Id,
            database.HighAvailability ? "enabled" : "disabled",
            ReadReplicas: 0,
            NameOf(found.Standing),
            LimitText.NameOf(database.Tier),
            database.Version)
        {
            Note = found.Note,
        };
        reply = database.Tier switch
        {
            Domain.Tier.Free => reply with { LimitedAt = JsonSerializer.SerializeToElement(database.LimitedAt) },
            Domain.Tier.Standard => reply with
            {
                Size = new Size(database.SizeMilli).Gigabytes,
                Region = database.Region,
                Cloud = database.Cloud,
            },
        };
        return found.Url is { } url ? reply.At(url.Reveal()) : reply;
    }

    private static string NameOf(DatabaseStanding standing) => standing switch
    {
        DatabaseStanding.Recorded => "RECORDED",
        DatabaseStanding.Pending => "PENDING",
        DatabaseStanding.Available => "AVAILABLE",
        DatabaseStanding.Stopped => "STOPPED",
        DatabaseStanding.Suspended => "SUSPENDED",
    };

    private DatabaseReply At(string url)
    {
        var address = new Uri(url);
        var user = address.UserInfo.Split(':', 2);
        return this with
        {
            Url = url,
            Host = address.Host,
            Port = address.Port,
            Database = Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/')),
            Username = Uri.UnescapeDataString(user[0]),
            Password = Uri.UnescapeDataString(user[^1]),
        };
    }
}

/// <summary>What became of a destroyed database: <c>DELETED</c>, or <c>DELETING</c> while that goes on.</summary>
internal sealed record DestroyedReply(string State);

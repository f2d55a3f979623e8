using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Gatehouse.Cli.Output;

namespace Gatehouse.Cli.Api;

/// <summary>What a server answered: the status, and <c>data</c> or <c>errors</c> of the envelope.</summary>
/// <param name="server">Who answered.</param>
/// <param name="program">What people call this program, for what to do next.</param>
/// <param name="status">How it went.</param>
/// <param name="retryAfter">When it makes sense to come back, if the server says so.</param>
/// <param name="body">The text of the reply: the envelope, if it is ours.</param>
internal sealed class ApiReply(
    ServerAddress server, string program, HttpStatusCode status, TimeSpan? retryAfter, string body)
{
    private readonly JsonElement envelope = Parse(body);

    /// <summary>The status of the reply.</summary>
    public HttpStatusCode Status => status;

    /// <summary>Whether the server did what was asked.</summary>
    public bool Succeeded => (int)status is >= 200 and < 300;

    /// <summary>What the reply carries.</summary>
    /// <exception cref="Failure">It does not carry anything that is ours.</exception>
    public JsonElement Data => Member("data") ?? throw NotUnderstood();

    /// <summary>The whole body, for replies that have no envelope.</summary>
    public JsonElement Body => envelope;

    /// <summary>What the server has to say against the request; empty when it says nothing.</summary>
    public ErrorText Errors => new(Member("errors"));

    /// <summary>The data as one of our types.</summary>
    public T Read<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return Data.Deserialize(type) ?? throw NotUnderstood();
        }
        catch (JsonException)
        {
            throw NotUnderstood();
        }
    }

    /// <summary>This reply if the server did what was asked.</summary>
    /// <exception cref="Failure">It did not; says why and gives the exit code that belongs to it.</exception>
    public ApiReply OrFail() => Succeeded ? this : throw Failure();

    /// <summary>The same, where the server's 404 means that nothing has the name that was given.</summary>
    /// <param name="message">Says so.</param>
    /// <param name="hint">Says where the names are.</param>
    public ApiReply OrNotFound(string message, string hint) =>
        status == HttpStatusCode.NotFound ? throw new Failure(ExitCode.Error, message, hint) : OrFail();

    /// <summary>The failure that belongs to this reply.</summary>
    public Failure Failure() => status switch
    {
        _ when Member("limit") is { ValueKind: JsonValueKind.Object } limit =>
            new(ExitCode.LimitReached, Errors.ToString()) { Card = LimitCard.Of(limit, program) },
        HttpStatusCode.Unauthorized => Cli.Failure.NotLoggedIn(server.ToString(), program),
        HttpStatusCode.Forbidden => Refused("This is not allowed for this account."),
        HttpStatusCode.PaymentRequired => Refused("This needs a payment first."),
        HttpStatusCode.TooManyRequests => Refused("There were too many attempts."),
        HttpStatusCode.Conflict => Refused("It was changed by somebody else meanwhile."),
        _ when (int)status is >= 300 and < 400 => new(
            ExitCode.Error,
            $"{server} answered with a redirect ({(int)status}), which is never followed. Is the address right?"),
        _ when (int)status >= 500 => Refused($"{server} has a problem ({(int)status})."),
        _ => Refused($"{server} refused this ({(int)status})."),
    };

    private Failure Refused(string otherwise) =>
        new(RefusalCode.Of(status, Errors), Errors.IsEmpty ? otherwise : Errors.ToString(), RetryHint());

    private string? RetryHint() =>
        retryAfter is { } wait && wait > TimeSpan.Zero ? $"Try again in {Durations.InWords(wait)}." : null;

    /// <summary>The failure that belongs to a reply of a form that is not ours.</summary>
    public Failure NotUnderstood() =>
        new(ExitCode.Error, $"{server} gave an answer ({(int)status}) that is not Gatehouse's. Is the address right?");

    private JsonElement? Member(string name) =>
        envelope.ValueKind == JsonValueKind.Object && envelope.TryGetProperty(name, out var value) ? value : null;

    private static JsonElement Parse(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}

using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gatehouse.Commands.Demos;

/// <summary>Somebody with a key.</summary>
/// <param name="Email">The address.</param>
/// <param name="Key">The API key.</param>
internal sealed record DemoLogin(string Email, string Key);

/// <summary>Asks the server over HTTP, as any client does, and shows what was asked and answered.</summary>
internal sealed class DemoClient(Uri server, Narrator narrator, CancellationToken stop) : IDisposable
{
    private const int LongestText = 30;
    private const int ShownOfText = 10;

    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Straight to the server, whatever proxies the environment names.</summary>
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false })
    {
        BaseAddress = server,
    };

    /// <summary>Moves the clock of the server; what falls due has happened when it answers.</summary>
    public async Task Pass(TimeSpan time)
    {
        var (status, text) = await Exchange("POST /dev/clock", new { advance = $"{time:c}" }, who: null);
        Now = Read(status, text).GetProperty("now").GetDateTimeOffset().UtcDateTime;
        await narrator.Answer(string.Create(
            CultureInfo.InvariantCulture, $"{status} {{\"now\": \"{Now:yyyy-MM-dd'T'HH:mm:ss}…\"}}"));
    }

    /// <summary>What time it was at the server when its clock was moved last (UTC).</summary>
    public DateTime Now { get; private set; }

    /// <summary>Asks, and shows these fields of the answer; all of it when none is named.</summary>
    public async Task<JsonElement> Ask(string what, object? body, DemoLogin? who, params string[] shown) =>
        await Send(what, body, who, shown);

    /// <summary>Asks for what the server has to refuse.</summary>
    public async Task BeRefused(string what, DemoLogin who)
    {
        narrator.Line($"{what} with {who.Key[..ShownOfText]}…");
        var (status, text) = await Exchange(what, body: null, who, isShown: false);
        if (status < 400) throw new DemoFailed($"{what} should have been refused, and was answered {text}");
        await narrator.Answer($"{status} {text}");
    }

    /// <summary>Asks without showing anything.</summary>
    public async Task<JsonElement> Look(string path, DemoLogin who)
    {
        var (status, text) = await Exchange($"GET {path}", body: null, who, isShown: false);
        return Read(status, text).GetProperty("data");
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonElement> Send(string what, object? body, DemoLogin? who, string[] shown)
    {
        var (status, text) = await Exchange(what, body, who);
        var data = Read(status, text).GetProperty("data");
        await narrator.Answer($"{status} {Shown(data, shown)}");
        return data;
    }

    private async Task<(int Status, string Text)> Exchange(
        string what, object? body, DemoLogin? who, bool isShown = true)
    {
        var (method, path) = (what.Split(' ')[0], what.Split(' ')[1]);
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path);
        if (body is not null)
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        if (who is not null)
        {
            var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{who.Email}:{who.Key}"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", basic);
        }

        if (isShown) narrator.Line(body is null ? what : $"{what} {Write(JsonSerializer.SerializeToNode(body))}");
        using var response = await http.SendAsync(request, stop);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(stop));
    }

    private static JsonElement Read(int status, string text) => status is >= 200 and < 300
        ? JsonElement.Parse(text)
        : throw new DemoFailed($"The server answered {status.ToString(CultureInfo.InvariantCulture)} {text}");

    private static string Shown(JsonElement data, string[] names)
    {
        if (names.Length == 0) return Write(JsonNode.Parse(data.GetRawText()));
        var some = new JsonObject();
        foreach (var name in names) some[name] = JsonNode.Parse(data.GetProperty(name).GetRawText());
        var isAll = names.Length == data.EnumerateObject().Count();
        return isAll ? Write(some) : $"{Write(some)[..^1]}, …}}";
    }

    /// <summary>On one line; keys and tokens are too long to be of use to a reader.</summary>
    private static string Write(JsonNode? node) => node switch
    {
        JsonObject fields => $"{{{string.Join(", ", fields.Select(f => $"\"{f.Key}\": {Write(f.Value)}"))}}}",
        JsonArray items => $"[{string.Join(",\n", items.Select(Write))}]",
        JsonValue value when value.TryGetValue<string>(out var text) && IsLong(text) => $"\"{text[..ShownOfText]}…\"",
        null => "null",
        _ => node.ToJsonString(Readable),
    };

    private static bool IsLong(string text) =>
        text.Length > LongestText && !text.Contains(' ', StringComparison.Ordinal);
}

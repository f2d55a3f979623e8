using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using Gatehouse.Tests.Harness;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static System.StringComparison;

namespace Gatehouse.Tests.Apis;

/// <summary>Requests without sense are refused in words of ours: no stack, no path, no SQL, no 500 (T121).</summary>
[Costly]
public sealed partial class FuzzTests
{
    private static readonly string[] Methods =
        ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "X"];

    private static readonly string[] Names =
    [
        "email", "password", "uuid", "confirmation_code", "token", "tier", "name", "scopes", "expires_at", "ssh_key",
        "mfa_token", "current_password", "new_password", "next_email", "username", "email_address", "limit", "before",
        "device", "value_in_cents", "stripe_token", "__proto__", "$id", "",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e999", "9223372036854775808", "\"\"", "\"a\"", "\"ada@example.org\"", "[]", "{}",
        "\"\\u0000\"", "\"\\ud800\"", "\"' OR 1=1 --\"", "\"../../../etc/passwd\"", "\"%s%n{0}\"", "[[[[[[1]]]]]]",
        "\"\\r\\nSet-Cookie: a=b\"", "\"2027-13-45T99:99:99Z\"", "\"\ufeff\u202e\U0001f511\"", "\"FREE\"", "{\"a\":",
    ];

    private static readonly string[] Types =
    [
        "application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
        "multipart/form-data", "application/json; charset=utf-7", "application/xml", "",
    ];

    private static readonly string[] Logins =
    [
        "", "Basic", "Basic !", "Basic Og==", "Basic " + "YWRhQGV4YW1wbGUub3JnOmdhdGVf", "Bearer", "Bearer a.b.c",
        "Bearer eyJhbGciOiJub25lIn0.e30.", "Digest x", "\u00ff",
    ];

    private static readonly string[] Tails =
    [
        "", "", "", "/", "/..%2f..", "?limit=-1", "?before=x&before=y", "?a[]=%00", "/%ff%fe",
        "?" + new string('q', 3000),
    ];

    private static readonly Gen<string> Body = Gen.Select(
        AnyOf(Names), AnyOf(Values), AnyOf(Names), AnyOf(Values),
        (name, value, other, another) => $"{{\"{name}\":{value},\"{other}\":{another}}}");

    private static readonly Gen<string> Bodies =
        Gen.Frequency((6, Body), (2, AnyOf(Values)), (1, Gen.String), (1, Gen.Const("a=b&email=%00&a=c")));

    [Theory, EveryDatabase]
    public async Task Nonsense_is_refused_without_a_word_about_the_inside(Engine engine)
    {
        await using var server = await TestServer.Start(engine, AccountSteps.Unlimited);
        var ada = await server.SignUp();
        var (paths, logins) = (Paths(server), AnyOf([.. Logins, ada.Basic, ada.Basic, ada.Basic]));
        Assert.InRange(paths.Length, 50, 1000);
        var requests = Gen.Select(
            AnyOf(Methods), AnyOf(paths), AnyOf(Tails), Bodies, AnyOf(Types), logins);
        await requests.SampleAsync(
            async request =>
            {
                var (method, path, tail, body, type, login) = request;
                using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
                content.Headers.TryAddWithoutValidation("Content-Type", type);
                var address = $"{path}{tail}".Replace("//", "/", Ordinal);
                Judge(await server.Call($"{method} {address}", content, authorization: login), path);
            },
            iter: Soak.Times(300, 5000), threads: 1);
    }

    private static void Judge(Answer answer, string path)
    {
        Assert.NotEqual(500, answer.Status);
        Assert.True(answer.Headers.ContainsKey("X-Request-Id"), "No X-Request-Id");
        var headers = answer.Headers.Select(header => $"{header.Key}: {header.Value}");
        var said = $"{string.Join('\n', headers)}\n{answer.Body}";
        if (answer.Status < 300) return;
        Assert.DoesNotMatch(Inside(), said);
        if (answer.Body == "" || answer.Status < 400) return;
        var envelope = path.StartsWith("/api", Ordinal) ? "errors"
            : path.StartsWith("/v2", Ordinal) ? "code"
            : null;
        if (envelope is not null) Assert.True(Json(answer).TryGetProperty(envelope, out _), answer.ToString());
    }

    private static JsonElement Json(Answer answer) => JsonDocument.Parse(answer.Body).RootElement;

    private static Gen<string> AnyOf(string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>Every route of the server, its parameters filled with nonsense, and some that are none.</summary>
    private static string[] Paths(TestServer server) =>
    [
        .. server.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(route => Parameter().Replace(
                route.RoutePattern.RawText!.TrimStart('/'), _ => "7"))
            .Select(path => $"/{path}").Distinct().Order(),
        "/api", "/api/", "/api/nothing", "/v2", "/v2/nothing", "/nothing", "/.env", "/api/users/1",
    ];

    [GeneratedRegex(
        @"\bat \w+\.\w|Exception\b|\.cs\b|SELECT |INSERT |UPDATE |sqlite|npgsql|postgres|Microsoft\.|System\.|"
        + @"Gatehouse\.\w+\.|/(tmp|home|usr|root|var)/|stack ?trace",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Inside();

    [GeneratedRegex(@"\{[^{}]*(\{[^{}]*\}[^{}]*)*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();
}

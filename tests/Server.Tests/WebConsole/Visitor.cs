using System.Net;
using System.Text.RegularExpressions;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.WebConsole;

/// <summary>
/// Somebody with a browser and without script: opens pages, keeps the cookies, sends the last form of a page, or the
/// one that leads somewhere, with all its hidden fields. Its Host header is somebody else's.
/// </summary>
internal sealed partial class Visitor(TestServer server)
{
    private static readonly (string Name, string Value) Poison = ("Host", "evil.example");
    private readonly Dictionary<string, string> cookies = new(StringComparer.Ordinal);

    /// <summary>What it keeps, by name.</summary>
    public IDictionary<string, string> Cookies => cookies;

    public Task<Answer> Open(string path, string method = "GET") => Ask(server, $"{method} {path}");

    /// <summary>The same at another node.</summary>
    public Task<Answer> OpenAt(TestServer node, string path) => Ask(node, $"GET {path}");

    /// <summary>Follows where a form leads.</summary>
    public Task<Answer> Follow(Answer answer) => Open(answer.Headers["Location"]);

    /// <summary>Sends the last form of a page, with what was typed into it.</summary>
    public Task<Answer> Send(Answer page, params IEnumerable<(string Name, string Value)> typed) =>
        SendTo("", page, typed);

    /// <summary>Sends the last form of a page that leads to an address.</summary>
    public Task<Answer> SendTo(string action, Answer page, params IEnumerable<(string Name, string Value)> typed)
    {
        var form = Form().Matches(page.Body).LastOrDefault(
            form => action == "" || form.Groups["action"].Value == action);
        Assert.True(form is not null, page.ToString());
        return Post(form.Groups["action"].Value, FieldsOf(form.Value).Concat(typed));
    }

    /// <summary>The hidden fields of the form of a page that says something.</summary>
    public static IReadOnlyList<(string Name, string Value)> HiddenOf(Answer page, string says) =>
    [
        .. Form().Matches(page.Body)
            .Where(form => form.Value.Contains(says, StringComparison.Ordinal))
            .Take(1).SelectMany(form => FieldsOf(form.Value)),
    ];

    public Task<Answer> Post(string path, params IEnumerable<(string Name, string Value)> fields) => Ask(
        server,
        $"POST {path}",
        new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    /// <summary>Logs in on the page, which has to succeed.</summary>
    public async Task<Answer> LogIn(Customer who, params IEnumerable<(string Name, string Value)> more)
    {
        var page = await Open("/login");
        var done = await SendTo("/login", page, [("name", who.Email), ("password", who.Password), .. more]);
        Assert.True(done.Status == 303, done.ToString());
        return done;
    }

    /// <summary>An answer without what was typed, and without the hidden fields, which no two forms share.</summary>
    public static string ShapeOf(Answer answer, string typed) => (answer with
    {
        Body = Hidden().Replace(answer.Body.Replace(typed, "(typed)", StringComparison.Ordinal), ""),
    }).Shape;

    private async Task<Answer> Ask(TestServer node, string what, HttpContent? body = null)
    {
        var cookie = string.Join("; ", cookies.Select(kept => $"{kept.Key}={kept.Value}"));
        var answer = await node.Call(what, body, headers: [("Cookie", cookie), Poison]);
        foreach (var set in answer.Headers.GetValueOrDefault("Set-Cookie", "").Split(", ").Where(IsCookie))
        {
            var (name, value) = (set.Split('=')[0], set.Split(';')[0].Split('=', 2)[1]);
            if (value == "") cookies.Remove(name);
            else cookies[name] = value;
        }

        return answer;
    }

    private static IEnumerable<(string Name, string Value)> FieldsOf(string form) => Hidden().Matches(form)
        .Select(input => (input.Groups["name"].Value, WebUtility.HtmlDecode(input.Groups["value"].Value)));

    /// <summary>A date of a cookie has a comma too.</summary>
    private static bool IsCookie(string part) => part.Split(';')[0].Contains('=');

    [GeneratedRegex("<form [^>]*action=\"(?<action>[^\"]+)\".*?</form>", RegexOptions.Singleline, 1000)]
    private static partial Regex Form();

    [GeneratedRegex(
        "<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex Hidden();
}

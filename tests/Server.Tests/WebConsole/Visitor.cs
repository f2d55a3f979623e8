using System.Net;
using System.Text.RegularExpressions;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.WebConsole;

/// <summary>
/// Somebody with a browser and without script: opens pages, keeps the cookie, sends the one form of a page with all its
/// hidden fields. Its Host header is somebody else's.
/// </summary>
internal sealed partial class Visitor(TestServer server)
{
    private static readonly (string Name, string Value) Poison = ("Host", "evil.example");
    private string cookie = "";

    public async Task<Answer> Open(string path, string method = "GET")
    {
        var answer = await server.Call($"{method} {path}", headers: [("Cookie", cookie), Poison]);
        if (answer.Headers.TryGetValue("Set-Cookie", out var set)) cookie = set.Split(';')[0];
        return answer;
    }

    /// <summary>Sends the form of a page, with what was typed into it.</summary>
    public Task<Answer> Send(Answer page, params IEnumerable<(string Name, string Value)> typed)
    {
        var form = Form().Match(page.Body);
        Assert.True(form.Success, page.ToString());
        var hidden = Hidden().Matches(form.Value)
            .Select(input => (input.Groups["name"].Value, WebUtility.HtmlDecode(input.Groups["value"].Value)));
        return Post(form.Groups["action"].Value, hidden.Concat(typed));
    }

    public Task<Answer> Post(string path, params IEnumerable<(string Name, string Value)> fields) => server.Call(
        $"POST {path}",
        new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        headers: [("Cookie", cookie), Poison]);

    /// <summary>An answer without what was typed, and without the hidden fields, which no two forms share.</summary>
    public static string ShapeOf(Answer answer, string typed) => (answer with
    {
        Body = Hidden().Replace(answer.Body.Replace(typed, "(typed)", StringComparison.Ordinal), ""),
    }).Shape;

    [GeneratedRegex("<form [^>]*action=\"(?<action>[^\"]+)\".*?</form>", RegexOptions.Singleline, 1000)]
    private static partial Regex Form();

    [GeneratedRegex(
        "<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex Hidden();
}

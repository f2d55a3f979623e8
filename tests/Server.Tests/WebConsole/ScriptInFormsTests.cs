using System.Net;
using System.Text.RegularExpressions;
using Gatehouse.Tests.Harness;
using Xunit;
using static System.StringComparison;

namespace Gatehouse.Tests.WebConsole;

/// <summary>
/// Every input of every form, and every parameter of every page, filled with what would be script anywhere else: all of
/// it comes back as text. The forms are found by looking, so a new one is among them.
/// </summary>
public sealed partial class ScriptInFormsTests
{
    private const string Short = "\"><img src=x onerror=alert(1)>'";

    /// <summary>25 shapes, each alone and behind what ends an attribute.</summary>
    private static readonly string[] Payloads =
    [
        .. from shape in (string[])
            [
                "<script>x()</script>", "<ScRiPt>x()</sCrIpT>", "</title><script>x()</script>",
                "</textarea><script>x()</script>", "</code></pre><script>x()</script>", "--><script>x()</script>",
                "]]><script>x()</script>", "<script/src=data:,x()>", "<script type=module>x()</script>",
                "<img src=x onerror=x()>", "<img src=x onerror=\"x()\">", "<image href=x onerror=x()>",
                "<input onfocus=x() autofocus>", "<svg onload=x()>", "<svg><script>x()</script></svg>",
                "<svg><animate onbegin=x() attributeName=x dur=1s>", "<body onload=x()>", "<math><mi xlink:href=x()>",
                "<iframe src=\"javascript:x()\">", "<a href=\"javascript:x()\">y</a>", "<details open ontoggle=x()>",
                "<form action=\"javascript:x()\"><button>y", "<base href=\"javascript:x()//\">",
                "<style>@import 'x'</style>", "<object data=javascript:x()>",
            ]
           from before in (string[])["", "\">"]
           select before + shape,
    ];

    private static readonly string[] Public =
    [
        "/", "/login", "/signup", "/password/reset", "/confirmation/resend", "/logout", "/docs/api", "/docs/account",
        "/docs/cli", "/docs/tiers-pricing", "/confirm", "/password/set", "/email/confirm", "/email/revoke",
        "/account/undo", "/oauth/google", "/oauth/callback", "/oauth/confirm", "/oauth/link", "/nothing",
    ];

    private static readonly string[] Parameters =
        ["returnUrl", "email", "msg", "token", "done", "before", "setup", "lang", "state", "code", "error", "session"];

    [Fact]
    public async Task Every_input_of_every_form_and_every_parameter_comes_back_as_text()
    {
        Assert.Equal(50, Payloads.Length);
        await using var server = await TestServer.Start(Engine.Sqlite, AccountSteps.Roomy);
        var browser = new Visitor(server);
        var sent = 0;
        foreach (var path in Public) sent += await SendAll(browser, path);
        await browser.LogIn(await Furnish(server));
        foreach (var path in ConsolePageTests.Private.Where(path => path != "/account/export"))
            sent += await SendAll(browser, path);
        Assert.True(sent > 30, $"{sent} forms were found and sent");
        foreach (var path in Public.Concat(ConsolePageTests.Private))
        {
            var query = string.Join('&', Parameters.Select(
                name => $"{name}={Uri.EscapeDataString(string.Concat(Payloads))}"));
            IsText(path, await browser.Open($"{path}?{query}"));
        }
    }

    private static async Task<int> SendAll(Visitor browser, string path)
    {
        var page = await browser.Open(path);
        var sent = 0;
        foreach (Match form in Form().Matches(page.Body))
        {
            if (form.Groups["action"].Value is "/logout" or "/account/close") continue;
            foreach (var typed in (string[])[string.Concat(Payloads), Short])
            {
                var fields = Named().Matches(form.Value).Select(input => (
                    input.Groups["name"].Value,
                    IsTyped(input.Value) ? typed : WebUtility.HtmlDecode(input.Groups["value"].Value)));
                IsText(path, await browser.Post(WebUtility.HtmlDecode(form.Groups["action"].Value), fields));
                sent++;
            }
        }

        return sent;
    }

    private static bool IsTyped(string input) => !NotTyped().IsMatch(input);

    private static void IsText(string path, Answer answer)
    {
        Assert.NotEqual((path, 500), (path, answer.Status));
        foreach (var payload in Payloads.Append(Short))
            Assert.False(answer.Body.Contains(payload, Ordinal), $"{path} shows {payload} as it is");
    }

    /// <summary>An account with something in every list.</summary>
    private static async Task<Customer> Furnish(TestServer server)
    {
        var ada = await server.SignUp();
        await server.SetCard(ada);
        await server.Upgrade(ada, withCard: false);
        await server.MakeApp(ada, "calm-lake");
        await server.Do(ada, "PUT /api/apps/calm-lake/scale", new { replicas = 1 });
        server.Pass(TimeSpan.FromDays(31));
        await server.RunBilling();
        return ada;
    }

    [GeneratedRegex("<form [^>]*action=\"(?<action>[^\"]+)\".*?</form>", RegexOptions.Singleline, 1000)]
    private static partial Regex Form();

    [GeneratedRegex(
        "<(input|select|textarea)\\b[^>]*?\\bname=\"(?<name>[^\"]+)\"([^>]*?\\bvalue=\"(?<value>[^\"]*)\")?[^>]*>",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();

    [GeneratedRegex("type=\"(hidden|radio|checkbox)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NotTyped();
}

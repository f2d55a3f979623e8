using System.Net.Http.Json;
using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.WebConsole;

/// <summary>
/// Script that somebody types or stores: a browser shows it as text. Each payload would call <c>hit</c>; a dialog, a
/// call and a complaint about the content policy would all be seen.
/// </summary>
public sealed class ScriptTests
{
    private const string App = "script-target";

    private static readonly string[] Calls = ["alert(1)", "window.hit=1"];

    /// <summary>25 shapes, each with a call that shows and one that leaves a trace.</summary>
    private static readonly string[] Payloads =
    [
        .. from shape in (string[])
            [
                "<script>X</script>", "<ScRiPt>X</sCrIpT>", "</title><script>X</script>",
                "</textarea><script>X</script>", "</code></pre><script>X</script>", "--><script>X</script>",
                "]]><script>X</script>", "<script/src=data:,X>", "<script type=module>X</script>",
                "<img src=x onerror=X>", "<img src=x onerror=\"X\">", "\"><img src=x onerror=X>",
                "'><img src=x onerror=X>", "\" onfocus=X autofocus tabindex=1 x=\"", "' onfocus=X autofocus x='",
                "\" onmouseover=X x=\"", "<svg onload=X>", "<svg><script>X</script></svg>",
                "<svg><animate onbegin=X attributeName=x dur=1s>", "<body onload=X>",
                "<iframe src=\"javascript:X\">", "<a href=\"javascript:X\" id=y>y</a>", "<details open ontoggle=X>",
                "<form action=\"javascript:X\"><button>y", "<base href=\"javascript:X//\">",
            ]
           from call in Calls
           select shape.Replace("X", call, StringComparison.Ordinal),
    ];

    [Fact]
    public async Task What_is_stored_is_shown_as_text()
    {
        Assert.Equal(50, Payloads.Length);
        var person = new Person();
        await using var guest = await Guest.ArriveAs(person);
        var dialogs = 0;
        guest.Page.Dialog += (_, dialog) =>
        {
            dialogs++;
            _ = dialog.DismissAsync();
        };
        await Post(person, "/api/apps", new { unique_name = App });
        await Post(person, $"/api/apps/{App}/configs", new
        {
            configs = Payloads.Index().ToDictionary(payload => $"PAYLOAD_{payload.Index}", payload => payload.Item),
        });
        await guest.Go($"/apps/{App}/configuration");
        await guest.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => d.open = true)");
        Assert.Equal(
            Payloads.Order(StringComparer.Ordinal),
            (await guest.Page.Locator("ul.cards pre").AllInnerTextsAsync()).Order(StringComparer.Ordinal));

        // What a client calls itself is in the sessions, in the activity and in a mail.
        foreach (var payload in Payloads.Take(10))
            await Post(person, "/api/login", new { email = person.Email, password = person.Password }, payload);
        foreach (var path in (string[])["/account/activity", "/account/sessions", "/account/keys", "/dev/mail"])
        {
            await guest.Go(path);
            var living = guest.Page.Locator("main :is(script, iframe, base, [onload], [onerror])");
            Assert.Equal(0, await living.CountAsync());
            Assert.False(await guest.Page.EvaluateAsync<bool>("() => 'hit' in window"), path);
        }

        Assert.Equal(0, dialogs);
    }

    [Fact]
    public async Task What_is_typed_and_refused_is_shown_as_text()
    {
        await using var guest = await Guest.Arrive("/login");
        var dialogs = 0;
        guest.Page.Dialog += (_, dialog) =>
        {
            dialogs++;
            _ = dialog.DismissAsync();
        };
        foreach (var (index, payload) in Payloads.Index())
        {
            await guest.Go($"/confirmation/resend?email={Uri.EscapeDataString(payload)}");
            Assert.Equal(payload, await guest.Page.Locator("main input[type=email]").InputValueAsync());
            Assert.False(await guest.Page.EvaluateAsync<bool>("() => 'hit' in window"), payload);
            if (index % 5 > 0) continue; // a refused password costs a hash
            await guest.Go($"/login?returnUrl={Uri.EscapeDataString(payload)}");
            await guest.Page.GetByLabel("Address or user name").FillAsync(payload);
            await guest.Page.EvaluateAsync("() => document.querySelector('main form').noValidate = true");
            await guest.Press("Log in");
            await guest.Sees("Not done yet");
            Assert.Equal(payload, await guest.Page.GetByLabel("Address or user name").InputValueAsync());
            Assert.False(await guest.Page.EvaluateAsync<bool>("() => 'hit' in window"), payload);
        }

        Assert.Equal(0, dialogs);
    }

    private static async Task Post(Person person, string path, object body, string? userAgent = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = Wire.Basic(person.Email, person.Key);
        if (userAgent is not null) request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        var server = await TestRun.Server();
        var answer = await server.Http.Ask(request);
        Assert.True((int)answer.Status is 200 or 201, $"{path}: {answer.Status} {answer.Body}");
    }
}

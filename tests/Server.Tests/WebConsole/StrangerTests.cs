using System.Net;
using System.Text.RegularExpressions;
using Gatehouse.Tests.Harness;
using Xunit;
using static System.StringComparison;

namespace Gatehouse.Tests.WebConsole;

/// <summary>
/// Each form of an app, filled in by a stranger with a form of their own, and each id that stands in a form: all that
/// is somebody else's is not there. The forms are found by looking, so a new one is among them.
/// </summary>
public sealed partial class StrangerTests
{
    private const string AdasApp = "calm-lake";
    private const string EvesApp = "wild-sea";

    /// <summary>What the forms of an app's pages do, by their names.</summary>
    private static readonly string[] AppForms =
    [
        "add-domain", "change-database", "copy", "create-database", "destroy", "grant-access", "maintain",
        "remove-domain", "revoke-access", "scale", "set", "unset",
    ];

    [Theory, EveryDatabase]
    public async Task Forms_of_somebody_elses_app_are_not_there(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Furnish(server, "ada@example.org", AdasApp);
        var eve = await Furnish(server, "eve@example.org", EvesApp);
        var before = (await server.Do(ada, $"GET /api/apps/{AdasApp}/activity")).Body;
        var browser = new Visitor(server);
        await browser.LogIn(eve);
        var (own, tried) = ($"/apps/{EvesApp}", new SortedSet<string>());
        foreach (var path in ConsolePageTests.Private.Where(path => path.StartsWith($"/apps/{AdasApp}", Ordinal)))
        {
            var page = await browser.Open(path.Replace(AdasApp, EvesApp, Ordinal));
            foreach (Match form in Form().Matches(page.Body))
            {
                if (!form.Groups["action"].Value.StartsWith(own, Ordinal)) continue;
                var fields = FieldsOf(form.Value).ToList();
                tried.Add(fields.Single(field => field.Name == "_handler").Value);
                var action = form.Groups["action"].Value.Replace(EvesApp, AdasApp, Ordinal);
                var answer = await browser.Post(action, fields);
                Assert.Equal((action, 404), (action, answer.Status));
                Assert.DoesNotContain(ada.Email, answer.Body, Ordinal);
            }
        }

        Assert.Equal(AppForms, tried);
        Assert.Equal(before, (await server.Do(ada, $"GET /api/apps/{AdasApp}/activity")).Body);
    }

    [Theory, EveryDatabase]
    public async Task Ids_of_somebody_else_are_not_there(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Furnish(server, "ada@example.org", AdasApp);
        var eve = await Furnish(server, "eve@example.org", EvesApp);
        var (owner, browser) = (new Visitor(server), new Visitor(server));
        await owner.LogIn(ada);
        await browser.LogIn(eve);
        foreach (var other in (Customer[])[ada, eve]) await new Visitor(server).LogIn(other);
        foreach (var (path, field) in ((string, string)[])[
            ("/account/sessions", "id"), ("/account/ssh-keys", "id"), ("/account/keys", "name"),
            ($"/apps/{EvesApp}/databases", "destroy"), ($"/apps/{EvesApp}/databases", "scale")])
        {
            var id = await IdOf(owner, path.Replace(EvesApp, AdasApp, Ordinal), field);
            var form = FormWith((await browser.Open(path)).Body, field);
            var answer = await browser.Post(path, FieldsOf(form).Where(mine => mine.Name is "_handler" or Token)
                .Append((field, id)).Append(($"size-{id}", "4")));
            Assert.Equal((path, field, 404), (path, field, answer.Status));
        }

        Assert.Equal(200, (await owner.Open("/account")).Status);
        Assert.Contains("ada@laptop", (await owner.Open("/account/ssh-keys")).Body, Ordinal);
        Assert.Contains("adas-key", (await owner.Open("/account/keys")).Body, Ordinal);
        Assert.Contains("0.6 GB in", (await owner.Open($"/apps/{AdasApp}/databases")).Body, Ordinal);
    }

    private const string Token = "__RequestVerificationToken";

    /// <summary>An account in STANDARD with everything that can be named in a form.</summary>
    private static async Task<Customer> Furnish(TestServer server, string email, string app)
    {
        var customer = await server.SignUp(email);
        var name = email.Split('@')[0];
        (string What, object Body)[] steps =
        [
            ("POST /api/upgrade", new { stripe_token = "tok_visa" }),
            ("POST /api/apps", new { unique_name = app }),
            ($"POST /api/apps/{app}/databases", new { size = 0.6 }),
            ($"POST /api/apps/{app}/domains", new { fqdn = $"{name}.example.net" }),
            ($"POST /api/apps/{app}/permissions", new { email = $"friend.of.{name}@example.org" }),
            ($"POST /api/apps/{app}/configs", new { configs = new { LOG_LEVEL = "debug" } }),
            ("POST /api/account_keys", new { name = $"{name}s-key" }),
            ("POST /api/ssh_keys", new { ssh_key = $"{SshKeyOf(name)} {name}@laptop" }),
        ];
        foreach (var (what, body) in steps)
        {
            var done = await server.Do(customer, what, body);
            Assert.True(done.Status is 200 or 201, $"{what}: {done}");
        }

        return customer;
    }

    private static string SshKeyOf(string name)
    {
        byte[] key = [0, 0, 0, 11, .. "ssh-ed25519"u8, 0, 0, 0, 32, .. new byte[32]];
        key[^1] = (byte)name[0];
        return $"ssh-ed25519 {Convert.ToBase64String(key)}";
    }

    private static async Task<string> IdOf(Visitor owner, string path, string field)
    {
        if (path == "/account/keys") return "adas-key";
        var form = FormWith((await owner.Open(path)).Body, field);
        return FieldsOf(form).First(mine => mine.Name == field).Value;
    }

    private static string FormWith(string page, string field) =>
        Form().Matches(page).Select(form => form.Value).First(form => form.Contains($"name=\"{field}\"", Ordinal));

    /// <summary>Every named thing of a form with its value, or with one that would do.</summary>
    private static IEnumerable<(string Name, string Value)> FieldsOf(string form) => Named().Matches(form).Select(
        found => (found.Groups["name"].Value, found.Groups["value"] is { Success: true, Length: > 0 } value
            ? WebUtility.HtmlDecode(value.Value)
            : found.Groups["name"].Value switch
            {
                "typed" => AdasApp,
                "fqdn" => "www.example.net",
                "email" => "eve@example.org",
                "role" => "VIEWER",
                "variable" => "PORT",
                _ => "4",
            }));

    [GeneratedRegex("<form [^>]*action=\"(?<action>[^\"]+)\".*?</form>", RegexOptions.Singleline, 1000)]
    private static partial Regex Form();

    [GeneratedRegex(
        "<(input|select|textarea|button)\\b[^>]*?\\bname=\"(?<name>[^\"]+)\"([^>]*?\\bvalue=\"(?<value>[^\"]*)\")?",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();
}

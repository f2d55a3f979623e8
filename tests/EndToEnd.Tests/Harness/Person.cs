using System.Net;
using System.Text.RegularExpressions;
using MimeKit;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Harness;

/// <summary>Somebody who signs up by plain HTTP, step by step, and reads the mail.</summary>
public sealed partial class Person(string email)
{
    private static int known;

    /// <summary>Somebody whom no other test knows.</summary>
    public Person()
        : this($"person{Interlocked.Increment(ref known)}@example.com")
    {
    }

    /// <summary>The address.</summary>
    public string Email { get; } = email;

    /// <summary>The password.</summary>
    public string Password { get; init; } = "correct horse 7 battery";

    /// <summary>What every step of the sign-up repeats.</summary>
    public string Handle { get; private set; } = "";

    /// <summary>The key of the account, once there is one.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The code of a confirmation mail: it stands alone on a line.</summary>
    public static string CodeOf(MimeMessage message) => CodeLine().Match(message.TextBody ?? "").Groups["code"].Value;

    /// <summary>The page that a confirmation mail leads to.</summary>
    public static Uri LinkOf(MimeMessage message) => new(LinkLine().Match(message.TextBody ?? "").Value);

    /// <summary>The token of the link.</summary>
    public static string TokenOf(MimeMessage message) => LinkOf(message).Query["?token=".Length..];

    /// <summary>Signs up from the first step to the last.</summary>
    public async Task SignUp(GatehouseServer server)
    {
        await Prepare(server);
        await Complete(server);
    }

    /// <summary>All steps but the last.</summary>
    public async Task Prepare(GatehouseServer server)
    {
        if (Handle == "")
            await Begin(server);
        var code = CodeOf(await server.Mailbox.Next(Email, "confirm"));
        Assert.Equal(HttpStatusCode.OK, (await Confirm(server, code)).Status);
        var chosen = await server.Http.PostJson("/api/signup", new { uuid = Handle, password = Password });
        Assert.Equal(HttpStatusCode.OK, chosen.Status);
    }

    /// <summary>The first step.</summary>
    public async Task Begin(GatehouseServer server)
    {
        var begun = await server.Http.PostJson("/api/signup", new { email = Email });
        Assert.Equal(HttpStatusCode.OK, begun.Status);
        Handle = begun.Data("uuid");
    }

    /// <summary>The step of the code.</summary>
    public Task<Reply> Confirm(GatehouseServer server, string code) =>
        server.Http.PostJson("/api/signup", new { uuid = Handle, confirmation_code = code });

    /// <summary>The last step: the account is acknowledged when this returns.</summary>
    public async Task Complete(GatehouseServer server)
    {
        var done = await server.Http.PostJson("/api/signup", new { uuid = Handle, tier = "FREE" });
        Assert.Equal(HttpStatusCode.OK, done.Status);
        Key = done.Data("key");
    }

    /// <summary>Logs in and goes on with the new key.</summary>
    public async Task LogIn(GatehouseServer server)
    {
        var reply = await LogIn(server, Password);
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Key = reply.Data("key");
    }

    /// <summary>Tries to log in.</summary>
    public Task<Reply> LogIn(GatehouseServer server, string password) =>
        server.Http.PostJson("/api/login", new { email = Email, password });

    /// <summary>The account, as the key shows it.</summary>
    public Task<Reply> Look(GatehouseServer server) => Look(server, Key);

    /// <summary>The account, as another key of the same person shows it.</summary>
    public Task<Reply> Look(GatehouseServer server, string key) =>
        server.Http.AskAs(Email, key, HttpMethod.Get, "/api/users");

    [GeneratedRegex(@"^(?<code>[0-9]{6})\r?$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeLine();

    [GeneratedRegex(@"^http\S+/confirm\?token=\S+", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LinkLine();
}

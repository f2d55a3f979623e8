using System.Net;
using System.Text;
using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Secrets;

[Costly]
public class LeakTests
{
    private static readonly (string, string)[] Talkative =
    [
        ("$Logging__LogLevel__Default", "Trace"), ("$Logging__LogLevel__Gatehouse", "Trace"),
        ("$Logging__LogLevel__Microsoft", "Trace"), ("$Logging__LogLevel__System", "Trace"),
        ("$Logging__LogLevel__Npgsql", "Trace"), ("$Logging__Console__LogLevel__Default", "Trace"),
        ("Limits:MailsPerEmailInAnHour", "0"),
    ];

    [Theory, EveryDatabase]
    public async Task No_secret_is_in_the_log_at_its_most_talkative(string database)
    {
        await using var server = await GatehouseServer.Start(database, Talkative);
        var canaries = await UseSecrets(server);
        await server.Stop();

        Assert.Contains("Gatehouse.Requests", server.Stderr, StringComparison.Ordinal);
        var lines = server.Output.Split('\n').Where(line => canaries.In(line).Count > 0).ToList();
        Assert.True(lines.Count == 0, string.Join('\n', lines));
        Figures.Note($"kinds of secrets in {server.Output.Length / 1024} KiB of log on {database}", "0");
    }

    [Fact]
    public async Task No_secret_is_in_the_files_of_the_database_while_it_runs_and_after_it()
    {
        await using var server = await GatehouseServer.Start(settings: Talkative);
        var canaries = await UseSecrets(server);
        Assert.Empty(InFilesOf(server, canaries));
        await server.Kill();
        Assert.Empty(InFilesOf(server, canaries));
    }

    [Fact]
    public async Task A_code_that_waits_to_be_mailed_is_not_readable_in_the_database()
    {
        await using var smtp = await SmtpServer.Start(new SmtpOptions { Refusals = 1 });
        var address = smtp.Url.AbsoluteUri.TrimEnd('/');
        await using var server = await GatehouseServer.Start(settings: ("Mail:Smtp", address));
        var person = new Person();
        await person.Begin(server);
        await Eventually.Holds(() => smtp.Refused.Count == 1, () => server.Output);
        var database = Directory.GetFiles(server.DataDirectory, "gatehouse.db*").Select(ReadShared).ToList();
        var canaries = new Canaries();
        var message = await smtp.Mailbox.Next(person.Email, "confirm");
        canaries.Add("code", Person.CodeOf(message));
        canaries.Add("token of the link", Person.TokenOf(message));
        canaries.Add("words of the message", "Type this code where you are signing up");

        Assert.Empty(database.SelectMany(file => canaries.In(file)));
    }

    /// <summary>
    /// Uses each secret as it is meant to be used, and in every wrong place that a client could think of.
    /// </summary>
    private static async Task<Canaries> UseSecrets(GatehouseServer server)
    {
        var canaries = new Canaries();
        var person = new Person { Password = "Grüne Gans, 7 Türme" };
        await person.Begin(server);
        var mail = await server.Mailbox.Next(person.Email, "confirm");
        await person.Confirm(server, Person.CodeOf(mail));
        await server.Http.PostJson("/api/signup", new { uuid = person.Handle, password = person.Password });
        await person.Complete(server);
        canaries.Add("password", person.Password);
        canaries.Add("code", Person.CodeOf(mail));
        canaries.Add("token of the link", Person.TokenOf(mail));
        canaries.Add("handle of the sign-up", person.Handle);
        canaries.Add("key of the sign-up", person.Key);

        await person.LogIn(server);
        canaries.Add("key of the log-in", person.Key);
        await person.Look(server);
        await ResetPassword(server, person, canaries);
        await Misplace(server, person, mail, canaries);
        return canaries;
    }

    private static async Task ResetPassword(GatehouseServer server, Person person, Canaries canaries)
    {
        const string Next = "Blaue Kuh; 8 Zäune";
        var request = new HttpRequestMessage(HttpMethod.Put, "/api/users/reset_password")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { email = person.Email }),
        };
        Assert.Equal(HttpStatusCode.OK, (await server.Http.Ask(request)).Status);
        var text = (await server.Mailbox.Next(person.Email, "password")).TextBody!;
        var token = text.Split("token=")[1].Split('\n')[0].Trim();
        canaries.Add("token of the reset", token);
        canaries.Add("next password", Next);
        var reset = await server.Http.PostJson("/api/users/reset_password", new { token, password = Next });
        Assert.Equal(HttpStatusCode.OK, reset.Status);
    }

    private static async Task Misplace(
        GatehouseServer server, Person person, MimeKit.MimeMessage mail, Canaries canaries)
    {
        const string Wrong = "Rote Ente: 9 Teiche";
        canaries.Add("wrong password", Wrong);
        await person.LogIn(server, Wrong);
        var query = $"token={Person.TokenOf(mail)}&mfa_token={Uri.EscapeDataString(Wrong)}&key={person.Key}";
        foreach (var path in (string[])["/confirm", "/api/login", "/api/nothing", "/nothing", "/dev/mail"])
            await Get(server, $"{path}?{query}", person.Key);
        await Get(server, $"/{Uri.EscapeDataString(Wrong)}/{person.Key}", Wrong);
        await server.Http.PostJson("/api/signup", new { email = new[] { Wrong }, password = new { Wrong } });
        await server.Http.PostJson("/api/signup", new { email = person.Email, password = Wrong });
        await server.Http.PostJson("/dev/clock", new { advance = Wrong });
        await server.Http.Ask(new HttpRequestMessage(HttpMethod.Post, "/api/login")
        {
            Content = new StringContent($"{{\"email\":\"{person.Email}\",\"password\":\"{Wrong}", Encoding.UTF8),
        });
    }

    private static async Task Get(GatehouseServer server, string address, string secret)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Uri.EscapeDataString(secret)}");
        request.Headers.TryAddWithoutValidation("Cookie", $"session={Uri.EscapeDataString(secret)}");
        request.Headers.TryAddWithoutValidation("Referer", $"{server.Url}confirm?token={Uri.EscapeDataString(secret)}");
        await server.Http.Ask(request);
    }

    private static IEnumerable<string> InFilesOf(GatehouseServer server, Canaries canaries)
    {
        var files = Directory.GetFiles(server.DataDirectory, "gatehouse.db*");
        Assert.NotEmpty(files);
        return files.SelectMany(file => canaries.In(ReadShared(file)).Select(name => $"{name} in {file}"));
    }

    /// <summary>Reads a file that another process has locked, as a thief would.</summary>
    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }
}

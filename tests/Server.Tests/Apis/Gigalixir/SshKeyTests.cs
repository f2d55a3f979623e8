using System.Text;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>SSH keys (wire 3.15).</summary>
public sealed class SshKeyTests
{
    private const string Route = "/api/ssh_keys";

    [Theory, EveryDatabase]
    public async Task Key_is_added_listed_and_removed_by_its_id_as_a_text_or_a_number(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        Assert.Equal("""{"data":[]}""", (await server.Do(ada, $"GET {Route}")).Body);
        var (first, second) = (Line(1) + " ada@laptop", Line(2));
        var added = await server.CallAs(ada, $"POST {Route}", new { ssh_key = $" {first}\n" });
        Assert.Equal((201, first), (added.Status, added.Data("key")));
        Assert.Equal(201, (await server.CallAs(ada, $"POST {Route}", new { ssh_key = second })).Status);
        var listed = (await server.Do(ada, $"GET {Route}")).Json().EnumerateArray().ToList();
        Assert.Equal([first, second], listed.Select(key => key.GetProperty("key").GetString()!));
        var ids = listed.Select(key => key.GetProperty("id").GetInt64()).ToList();
        await server.Do(ada, $"DELETE {Route}", new { id = $"{ids[0]}" });
        await server.Do(ada, $"DELETE {Route}", new { id = ids[1] });
        Assert.Equal("""{"data":[]}""", (await server.Do(ada, $"GET {Route}")).Body);
        foreach (var id in (object?[])[$"{ids[0]}", "", "abc", "-1", "1.5", "99999999999999999999", null, true])
            Assert.Equal(404, (await server.CallAs(ada, $"DELETE {Route}", new { id })).Status);
    }

    [Theory, EveryDatabase]
    public async Task Everything_that_is_no_key_is_refused(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        var (good, blob) = (Line(1), Blob(1));
        string[] malformed =
        [
            "ssh-ed25519", "ssh-ed25519 ", "AAAA", "ssh-ed25519 AAAA", "ssh-ed25519 !!!!", good[..^4], good + "=",
            good.Replace("ssh-ed25519", "ssh-rsa", StringComparison.Ordinal),
            good.Replace("ssh-ed25519", "SSH-ED25519", StringComparison.Ordinal),
            good.Replace("ssh-ed25519", "ssh-dss", StringComparison.Ordinal),
            $"command=\"sh\" {good}", $"{good}\n{Line(2)}", $"{good} a\0b", good.Replace(' ', '\t'),
            $"{good} {new string('x', 20_000)}", "-----BEGIN OPENSSH PRIVATE KEY-----",
            "---- BEGIN SSH2 PUBLIC KEY ----",
            Line([.. blob[..15]]), Line([.. blob[..^1]]), Line([.. blob, 0]), Line([.. blob[..15], 0, 0, 0, 0]),
            Line([.. blob[..15], 255, 255, 255, 255, 1]), "https://example.org/ada.keys", "\U0001f511",
        ];
        foreach (var text in malformed)
        {
            var refused = await server.CallAs(ada, $"POST {Route}", new { ssh_key = text });
            Assert.Equal(
                (text, 422, """{"errors":{"ssh_key":["is invalid"]}}"""), (text, refused.Status, refused.Body));
        }

        foreach (var missing in (object[])[new { }, new { ssh_key = "" }, new { ssh_key = "  " }])
        {
            var refused = await server.CallAs(ada, $"POST {Route}", missing);
            Assert.Equal((422, """{"errors":{"ssh_key":["is required"]}}"""), (refused.Status, refused.Body));
        }

        Assert.Equal("""{"data":[]}""", (await server.Do(ada, $"GET {Route}")).Body);
    }

    [Theory, EveryDatabase]
    public async Task Same_key_is_taken_once_in_an_account_whatever_its_comment(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var (ada, bob) = (await server.SignUp(), await server.SignUp("bob@example.org"));
        var comment = 0;
        var answers = await AccountSteps.Race(8, server, twin, node => node.CallAs(
            ada, $"POST {Route}", new { ssh_key = $"{Line(1)} laptop-{Interlocked.Increment(ref comment)}" }));
        Assert.Single(answers, answer => answer.Status == 201);
        Assert.Equal(7, answers.Count(
            answer => answer.Body == """{"errors":{"ssh_key":["has already been taken"]}}"""));
        Assert.Equal(201, (await server.CallAs(bob, $"POST {Route}", new { ssh_key = Line(1) })).Status);
    }

    [Theory, EveryDatabase]
    public async Task Fifty_are_the_most_in_a_race_too_and_only_they_are_told(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var ada = await server.SignUp();
        for (byte i = 0; i < 45; i++) await server.Do(ada, $"POST {Route}", new { ssh_key = Line(i) });
        var next = 100;
        var answers = await AccountSteps.Race(16, server, twin, node => node.CallAs(
            ada, $"POST {Route}", new { ssh_key = Line((byte)Interlocked.Increment(ref next)) }));
        Assert.Equal(5, answers.Count(answer => answer.Status == 201));
        Assert.Equal(11, answers.Count(
            answer => answer.Body == """{"errors":{"ssh_key":["has reached the limit of 50"]}}"""));
        var (kept, told) = await server.Ask<Db, (int, int)>(async db => (
            await db.SshKeys.CountAsync(),
            await db.AuditEntries.CountAsync(entry => entry.Event == AuditEvent.SshKeyAdded)));
        Assert.Equal((50, 50), (kept, told));
    }

    internal static string Line(byte number) => Line(Blob(number));

    internal static string Line(byte[] blob) => $"ssh-ed25519 {Convert.ToBase64String(blob)}";

    /// <summary>Type and 32 bytes, each with its length before it (RFC 8709 section 4).</summary>
    private static byte[] Blob(byte number) =>
    [
        0, 0, 0, 11, .. Encoding.ASCII.GetBytes("ssh-ed25519"), 0, 0, 0, 32, .. Enumerable.Repeat(number, 32),
    ];
}

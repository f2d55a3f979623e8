using System.Security.Cryptography;
using System.Text;
using Gatehouse.Tests.Harness;
using Gatehouse.WebConsole.Docs;
using Xunit;
using static System.StringComparison;

namespace Gatehouse.Tests.WebConsole.Docs;

/// <summary>How the command line is offered: page, script that installs it, programs and their sums.</summary>
public sealed class CliPageTests : IDisposable
{
    private const string Program = "gatehouse-linux-arm64";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gatehouse-programs-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Programs_of_the_folder_are_offered_with_their_checksums()
    {
        await using var server = await Start();
        var sum = Put(Program, "first");
        Assert.Contains(sum, (await server.Call("GET /docs/cli")).Body, Ordinal);
        Assert.Contains($"linux-arm64 {Program} {sum}'\n", await Script(server), Ordinal);
        var program = await server.Call($"GET /cli/{Program}");
        Assert.Equal((200, "first"), (program.Status, program.Body));
        Assert.Equal($"{sum}  {Program}\n", (await server.Call($"GET /cli/{Program}.sha256")).Body);
        var next = Put(Program, "second");
        File.SetLastWriteTimeUtc(Path.Combine(folder.FullName, Program), server.Now);
        Assert.Contains($"{Program} {next}", await Script(server), Ordinal);
        Assert.Equal("second", (await server.Call($"GET /cli/{Program}")).Body);
    }

    [Fact]
    public async Task Nothing_else_of_the_folder_is_handed_out()
    {
        await using var server = await Start();
        Put("gatehouse-cli.dbg", "symbols");
        Put("gatehouse-linux-arm64.dll", "needs .NET");
        Put(Program, "what starts it");
        Put("secret", "nobody's");
        foreach (var file in (string[])[
            "secret", "gatehouse-cli.dbg", Program, $"{Program}.dll", "..%2Fmaster.key", "%2e%2e%2fmaster.key",
            ".sha256"])
            Assert.Equal((file, 404), (file, (await server.Call($"GET /cli/{file}")).Status));
    }

    [Fact]
    public async Task Without_programs_the_page_says_so_and_offers_no_line_that_would_fail()
    {
        await using var server = await Start();
        var page = await server.Call("GET /docs/cli");
        Assert.Contains("This server has no program to download", page.Body, Ordinal);
        Assert.DoesNotContain("| sh", page.Body, Ordinal);
        Assert.DoesNotContain("install.sh", (await server.Call("GET /")).Body, Ordinal);
        Assert.Contains("programs=''", await Script(server), Ordinal);
    }

    [Fact]
    public async Task Page_tells_every_command_option_and_exit_code_of_the_command_tree()
    {
        await using var server = await Start(("Cli:MinimumVersion", "0.1.0"));
        var page = System.Net.WebUtility.HtmlDecode((await server.Call("GET /docs/cli")).Body);
        foreach (var command in CommandBook.Here.Sections.SelectMany(section => section.Commands))
        {
            Assert.Contains($"<pre tabindex=\"0\"><code>gatehouse {command.Usage}</code></pre>", page, Ordinal);
            foreach (var option in command.Options) Assert.Contains($"<code>{option.Names}</code>", page, Ordinal);
        }

        Assert.Contains("id=\"cli-upgrade\"", page, Ordinal);
        Assert.Contains("This server refuses versions before 0.1.0.", page, Ordinal);
        Assert.All(CommandBook.Here.ExitCodes, code => Assert.Contains($"<dd>{code.Meaning}</dd>", page, Ordinal));
    }

    [Fact]
    public async Task Each_command_of_an_account_leads_to_the_page_that_does_the_same()
    {
        await using var server = await Start();
        var (ada, browser) = (await server.SignUp(), new Visitor(server));
        await browser.LogIn(ada);
        var commands = CommandBook.Here.Sections.SelectMany(section => section.Commands);
        Assert.Superset(Account.Pages.Keys.ToHashSet(), commands.Select(command => command.Name).ToHashSet());
        foreach (var path in (string[])["/docs/account", "/docs/account.html"])
        {
            var page = await browser.Open(path);
            foreach (var (command, target) in Account.Pages)
            {
                Assert.Contains($"<code>gatehouse {command}</code>", page.Body, Ordinal);
                Assert.Contains($"<a href=\"{target}\">", page.Body, Ordinal);
            }
        }

        foreach (var target in Account.Pages.Values.Distinct())
            Assert.Equal((target, true), (target, (await browser.Open(target)).Status is 200 or 303));
    }

    private Task<TestServer> Start(params IEnumerable<(string Name, string Value)> settings) =>
        TestServer.Start(Engine.Sqlite, settings.Append(("Cli:Directory", folder.FullName)));

    private static async Task<string> Script(TestServer server) => (await server.Call("GET /install.sh")).Body;

    private string Put(string name, string content)
    {
        File.WriteAllText(Path.Combine(folder.FullName, name), content);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
    }
}

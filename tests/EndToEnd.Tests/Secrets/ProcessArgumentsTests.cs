using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Secrets;

public class ProcessArgumentsTests
{
    [Fact]
    public async Task No_secret_is_in_the_arguments_of_a_process_while_a_person_signs_up_and_logs_in()
    {
        var server = await TestRun.Server();
        using var cli = new Cli(server.Url);
        var person = new Person { Password = "Grüne Gans, 7 Türme" };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var canaries = new Canaries();
        canaries.Add("password", person.Password);

        await using (var signUp = await cli.Start("signup"))
        {
            await signUp.Type(person.Email);
            var code = Person.CodeOf(await server.Mailbox.Next(person.Email, "confirm"));
            canaries.Add("code", code);
            await signUp.Type(code);
            await Watch(signUp, seen, person.Password, "1", "y");
        }

        canaries.Add("key of the sign-up", await KeyIn(cli));
        await using (var logIn = await cli.Start("login"))
            await Watch(logIn, seen, person.Email, person.Password);
        canaries.Add("key of the log-in", await KeyIn(cli));
        await using (var account = await cli.Start("account"))
            await Watch(account, seen);
        await using (var logOut = await cli.Start("logout"))
            await Watch(logOut, seen);

        Assert.Contains(seen, arguments => arguments.Contains("signup", StringComparison.Ordinal));
        Assert.Contains(seen, arguments => arguments.Contains("login", StringComparison.Ordinal));
        Assert.All(seen, arguments => Assert.Empty(canaries.In(arguments)));
        Figures.Note("secrets in the arguments of processes", $"0 of {canaries.Count}");
    }

    [Fact]
    public async Task The_password_may_come_from_a_file()
    {
        var server = await TestRun.Server();
        using var cli = new Cli(server.Url);
        var person = new Person();
        await person.SignUp(server);
        var file = Path.Combine(cli.Home, "password");
        await File.WriteAllTextAsync(file, person.Password + "\n", TestContext.Current.CancellationToken);

        var outcome = await cli.Run(["login", "--email", person.Email, "--password-file", file]);
        Assert.True(outcome.ExitCode == 0, outcome.Stderr);
        Assert.DoesNotContain("gate_", outcome.Stdout + outcome.Stderr, StringComparison.Ordinal);
    }

    /// <summary>Answers, and looks at the arguments of every process of the machine until this one ends.</summary>
    private static async Task Watch(ChildProcess process, HashSet<string> seen, params string[] answers)
    {
        Look(seen);
        await process.Say(answers);
        await Eventually.Holds(
            () =>
            {
                Look(seen);
                return process.HasExited;
            },
            () => process.Output);
        Assert.True(await process.Exit() == 0, process.Output);
    }

    private static void Look(HashSet<string> seen)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(path[6])))
        {
            try
            {
                seen.Add(File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' '));
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile, or is somebody else's.
            }
        }
    }

    private static async Task<string> KeyIn(Cli cli)
    {
        var netrc = await File.ReadAllTextAsync(cli.Netrc, TestContext.Current.CancellationToken);
        return netrc.Split("password ")[1].Split('\n')[0].Trim();
    }
}

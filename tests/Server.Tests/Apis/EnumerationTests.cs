using System.Text.RegularExpressions;
using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis;

/// <summary>
/// Whose an address is shows neither in an answer nor in the work behind it, also while no mail can leave (T1, T3).
/// </summary>
[Costly]
public sealed partial class EnumerationTests
{
    private const string WrongPassword = "POST /api/login";

    private static readonly string[] Routes =
    [
        "PUT /api/users/reset_password", "PUT /api/users/reconfirm_email", "POST /api/users/email",
        "POST /v2/forgot/password", "POST /v2/forgot/username", "POST /api/signup", "POST /api/free_users",
        "POST /v2/auth/register", WrongPassword,
    ];

    /// <summary>Whose address it may be; nobody's comes last.</summary>
    private static readonly string[] Standings = ["known", "waiting", "disabled", "closed", "factor", "nobody"];

    private int asked;

    [Theory, EveryDatabase]
    public async Task Answer_and_work_are_the_same_whoever_has_the_address(Engine engine)
    {
        await using var server = await TestServer.Start(engine, AccountSteps.Roomy);
        var eve = await server.SignUp("eve@example.org");
        await server.SignUp("known@example.org");
        await server.Suspend(await server.SignUp("disabled@example.org"));
        await server.ActivateFactor(await server.SignUp("factor@example.org"));
        var closed = await server.SignUp("closed@example.org");
        await server.Do(closed, "DELETE /api/users/destroy", new { email = closed.Email });
        await Ask(server, eve, "POST /api/free_users", "waiting");
        await server.ReadMail();
        // Nobody listens there.
        await using var mute = await server.StartTwin(
            [.. AccountSteps.Roomy, ("Mail:Smtp", "smtp://127.0.0.1:9")]);
        var answers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in (TestServer[])[server, mute])
        {
            foreach (var route in Routes)
            {
                var costs = new List<Cost>();
                foreach (var name in Standings)
                {
                    answers.Add($"{route} {await Ask(node, eve, route, name)}");
                    costs.Add(await CostOf(node, () => Ask(node, eve, route, name)));
                }

                // Statements that go to the database together count as one there, as several on SQLite.
                Assert.All(costs, cost => Assert.Equal((cost.Hashes, cost.Mails), (costs[^1].Hashes, costs[^1].Mails)));
                var spread = costs.Max(cost => cost.Statements) - costs.Min(cost => cost.Statements);
                Assert.True(spread <= 1, $"{route}: {string.Join(", ", costs)}");
            }

            await node.RunJobs();
        }

        Assert.Equal(Routes.Length, answers.Count);
        Assert.True(await server.Ask<Db, bool>(db => db.OutboxMails.AnyAsync(mail => mail.Attempts > 0)));
    }

    /// <summary>The answer, without what was sent and what is different by its nature.</summary>
    private async Task<string> Ask(TestServer node, Customer eve, string route, string name)
    {
        var email = $"{name}@example.org";
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["email"] = email,
            ["email_address"] = email,
            ["next_email"] = email,
        };
        if (!route.EndsWith("/signup", StringComparison.Ordinal))
        {
            fields["username"] = $"user-{++asked}";
            fields["password"] = route == WrongPassword ? "a wrong password" : SignUpSteps.Password;
        }

        var answer = await node.CallAs(eve, route, fields);
        Assert.Equal((route, route == WrongPassword ? 401 : 200), (route, answer.Status));
        return Differing().Replace(answer.Shape.Replace(email, "(address)", StringComparison.Ordinal), "(…)");
    }

    private static async Task<Cost> CostOf(TestServer node, Func<Task<string>> ask)
    {
        using var statements = new CommandCount(node);
        var (hashes, mails) = (node.Hashing.Computed, await Mails(node));
        var before = statements.Value;
        await ask();
        var count = statements.Value - before;
        return new Cost(count, node.Hashing.Computed - hashes, await Mails(node) - mails);
    }

    private sealed record Cost(int Statements, long Hashes, int Mails);

    private static Task<int> Mails(TestServer node) => node.Ask<Db, int>(db => db.OutboxMails.CountAsync());

    [GeneratedRegex("\"ID\":[0-9]+|user-[0-9]+|X-RateLimit-[A-Za-z]+: [0-9]+|20[0-9-]+T[0-9:.]+Z",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Differing();
}

using Gatehouse.Commands;
using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Commands;

/// <summary><c>admin promo:create</c> and <c>promo:list</c>: exit code 2 for what was typed wrongly.</summary>
public sealed class AdminPromoTests
{
    [Theory, EveryDatabase]
    public async Task Code_is_made_once_and_mistakes_are_named(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        (string Line, int ExitCode)[] lines =
        [
            ("SPRING --credit 10.00", 0), ("spring --credit 5", 1), ("AUTUMN --credit=0.000000001 --uses=3", 0),
            ("WINTER --credit 10.00 --uses 5 --expires 2027-12-31", 0),
            ("", 2), ("A B --credit 10", 2), ("ONE", 2), ("ONE --credit", 2), ("ONE --credit 0", 2),
            ("ONE --credit -1", 2), ("ONE --credit 1e3", 2), ("ONE --credit 1.0000000001", 2),
            ("ONE --credit NaN", 2), ("ONE --credit 10 --uses 0", 2), ("ONE --credit 10 --uses 1.5", 2),
            ("ONE --credit 10 --expires 2027-06-15", 2), ("ONE --credit 10 --expires soon", 2),
            ("ONE --credit 10 --colour red", 2), ("Ö --credit 10", 2), ("X --credit 10", 2),
        ];
        foreach (var (line, expected) in lines)
        {
            var typed = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var (exitCode, _, error) = await Run(server, ["promo:create", .. typed]);
            Assert.Equal((line, expected, expected != 0), (line, exitCode, error != ""));
        }

        Assert.Equal(
            ["AUTUMN 1 3", "SPRING 10000000000 ", "WINTER 10000000000 5"],
            await server.Ask<Db, List<string>>(db => db.PromoCodes.OrderBy(promo => promo.Code)
                .Select(promo => $"{promo.Code} {promo.CreditNanos} {promo.MostUses}").ToListAsync()));
        var (_, listed, _) = await Run(server, "promo:list");
        Assert.Contains("WINTER                    10.00 USD  0 of 5 used, until 2027-12-31 00:00 UTC\n", listed);
    }

    private static async Task<(int ExitCode, string Output, string Error)> Run(TestServer server, params string[] words)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exitCode = await Admin.Run(server.Services, Verb.Parse(["admin", .. words]), output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}

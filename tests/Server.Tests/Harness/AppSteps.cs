using System.Text;
using System.Text.RegularExpressions;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Tests.Harness;

/// <summary>What somebody with apps does over HTTP, and what a test does for them.</summary>
internal static partial class AppSteps
{
    /// <summary>Makes an app of that name.</summary>
    public static Task<Answer> MakeApp(this TestServer server, Customer who, string name) =>
        server.Do(who, "POST /api/apps", new { unique_name = name });

    /// <summary>Moves an account to the paid tier, with a card, as an upgrade does.</summary>
    public static Task Upgrade(this TestServer server, Customer who, bool withCard = true) =>
        server.Ask<IServiceProvider, int>(async services =>
        {
            var db = (Db)services.GetService(typeof(Db))!;
            var convert = (ConvertToPaid)services.GetService(typeof(ConvertToPaid))!;
            return await db.Write(
                async () =>
                {
                    var id = await db.Accounts.Where(a => a.Email == who.Email).Select(a => a.Id).SingleAsync();
                    await db.Accounts.Where(a => a.Id == id)
                        .ExecuteUpdateAsync(set => set.SetProperty(a => a.Tier, Tier.Standard));
                    if (withCard) db.PaymentMethods.Add(Card(id, server.Now));
                    await convert.Run(id, server.Now, CancellationToken.None);
                    return 0;
                },
                CancellationToken.None);
        });

    /// <summary>Suspends an account, or lifts it.</summary>
    public static Task Suspend(this TestServer server, Customer who, bool suspended = true) =>
        server.Ask<Db, int>(db => db.Accounts.Where(a => a.Email == who.Email).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.SuspendedAt, suspended ? server.Now : (DateTime?)null)));

    /// <summary>What was metered: kind, quantity, size, and from when to when since the test began.</summary>
    public static Task<string> Usage(this TestServer server) => server.Ask<Db, string>(async db =>
    {
        var beginning = TestServer.Beginning.ToUnixTimeSeconds();
        var intervals = await db.UsageIntervals
            .OrderBy(i => i.StartsAt).ThenBy(i => i.Kind).ThenBy(i => i.EndsAt == null)
            .ToListAsync();
        return string.Join('\n', intervals.Select(i =>
            $"{i.Kind} {i.Quantity} x {i.SizeMilli} {i.StartsAt - beginning}..{i.EndsAt - beginning}"));
    });

    /// <summary>Requests and their answers, one after the other, without what differs from run to run.</summary>
    public static async Task<string> Transcript(
        this TestServer server, Customer who, params IEnumerable<(string What, object? Body)> requests)
    {
        var text = new StringBuilder();
        foreach (var (what, body) in requests)
        {
            var answer = await server.CallAs(who, what, body);
            var said = body is null ? "" : $" {System.Text.Json.JsonSerializer.Serialize(body)}";
            text.Append(what).Append(said).Append('\n').Append(answer).Append("\n\n");
            server.Pass(TimeSpan.FromSeconds(1));
        }

        text.Replace(who.Key, "(key)").Replace(who.UserName, "(user name)");
        return Time().Replace(Handle().Replace(text.ToString(), "(id)"), "(time)");
    }

    private static PaymentMethod Card(Guid holder, DateTime now) => new()
    {
        Id = Guid.CreateVersion7(now),
        HolderId = holder,
        Provider = "sandbox",
        CustomerRef = "cus_1",
        MethodRef = "pm_1",
        Brand = "Visa",
        Last4 = "4242",
        ExpiryMonth = 12,
        ExpiryYear = 2031,
        Fingerprint = [1],
        CreatedAt = now,
    };

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Handle();

    [GeneratedRegex("2027-06-15T[0-9:.]+Z", RegexOptions.None, 1000)]
    private static partial Regex Time();
}

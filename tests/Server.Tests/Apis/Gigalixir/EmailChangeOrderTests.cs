using CsCheck;
using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>
/// Requests, confirmations, revocations and the passing of time in any order, held against a model of twenty lines.
/// </summary>
[Costly]
public sealed class EmailChangeOrderTests
{
    private static readonly string[] Kinds =
        ["request", "request", "confirm", "confirm", "revoke", "hours", "day", "week"];

    private static readonly Gen<Move> Moves = Gen.Select(
        Gen.Int[0, Kinds.Length - 1], Gen.Int[0, 3], (kind, index) => new Move(Kinds[kind], index));

    [Fact]
    public async Task Every_order_ends_where_the_model_does()
    {
        await using var server = await TestServer.Start(Engine.Sqlite, AccountSteps.Unlimited);
        var ada = await server.SignUp();
        await Moves.List[1, 12].SampleAsync(
            async moves => await Run(server, ada, moves), iter: Soak.Times(150, 5000), threads: 1);
    }

    private static async Task Run(TestServer server, Customer ada, List<Move> moves)
    {
        // Whatever an earlier order left behind is over by then.
        server.Pass(TimeSpan.FromDays(8));
        await server.RunJobs();
        foreach (var mail in Directory.GetFiles(Path.Combine(server.DataDirectory, "mail"))) File.Delete(mail);
        var model = new Model(await AddressOf(server));
        foreach (var move in moves)
        {
            await Step(server, ada with { Email = model.Address }, model, move);
            Assert.Equal(model.Address, await AddressOf(server));
        }
    }

    private static async Task Step(TestServer server, Customer ada, Model model, Move move)
    {
        if (move.Hours > 0) server.Pass(TimeSpan.FromHours(move.Hours));
        if (move.Kind == "request") await Request(server, ada, model);
        if (move.Kind is not ("confirm" or "revoke") || model.Asked.Count == 0) return;
        var change = model.Asked[move.Index % model.Asked.Count];
        var expected = move.Kind == "confirm" ? model.Confirm(change, server.Now) : model.Revoke(change, server.Now);
        var token = move.Kind == "confirm" ? change.ConfirmToken : change.RevokeToken;
        var answer = await server.Call($"POST /api/users/email/{move.Kind}", new { token });
        Assert.Equal(expected ? 200 : 422, answer.Status);
    }

    private static async Task Request(TestServer server, Customer ada, Model model)
    {
        await server.Ask<Db, int>(db =>
            db.ApiKeys.ExecuteUpdateAsync(set => set.SetProperty(key => key.LoggedInAt, server.Now)));
        var (next, at) = ($"{Guid.CreateVersion7(server.Now):N}@example.org", server.Now);
        await server.Do(ada, "POST /api/users/email", new { next_email = next });
        var confirm = (await server.ReadMail(next)).Token;
        var revoke = (await server.ReadMail(ada.Email, "about to change")).Token;
        model.Request(new Change(ada.Email, next, at, confirm, revoke));
    }

    private static Task<string> AddressOf(TestServer server) =>
        server.Ask<Db, string>(db => db.Accounts.Select(account => account.Email).SingleAsync());

    private sealed record Move(string Kind, int Index)
    {
        public int Hours => Kind switch { "hours" => 5, "day" => 25, "week" => 8 * 24, _ => 0 };
    }

    private sealed record Change(
        string Previous, string Next, DateTime At, string ConfirmToken, string RevokeToken)
    {
        public DateTime? ConfirmedAt { get; set; }
    }

    private sealed class Model(string address)
    {
        private readonly List<Change> alive = [];

        public string Address { get; private set; } = address;

        public List<Change> Asked { get; } = [];

        public void Request(Change change)
        {
            alive.RemoveAll(other => other.ConfirmedAt is null);
            alive.Add(change);
            Asked.Add(change);
        }

        public bool Confirm(Change change, DateTime now)
        {
            if (!alive.Contains(change) || change.ConfirmedAt is not null || now >= change.At.AddDays(1)) return false;
            (Address, change.ConfirmedAt) = (change.Next, now);
            return true;
        }

        public bool Revoke(Change change, DateTime now)
        {
            var until = change.ConfirmedAt?.AddDays(7) ?? change.At.AddDays(1);
            if (!alive.Contains(change) || now >= until) return false;
            alive.RemoveRange(alive.IndexOf(change), alive.Count - alive.IndexOf(change));
            if (change.ConfirmedAt is not null) Address = change.Previous;
            return true;
        }
    }
}

using CsCheck;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>
/// Requests, confirmations, revocations, the passing of time, and everything that somebody makes in an account, in any
/// order, held against a model.
/// </summary>
[Costly]
public sealed class EmailChangeOrderTests
{
    private static readonly string[] Kinds =
    [
        "request", "request", "request", "confirm", "confirm", "confirm", "revoke", "revoke", "revoke",
        "key", "ssh", "card", "factor", "browser", "hours", "day", "week",
    ];

    private static readonly Gen<Move> Moves = Gen.Select(
        Gen.Int[0, Kinds.Length - 1], Gen.Int[0, 3], (kind, index) => new Move(Kinds[kind], index));

    [Theory, EveryDatabase]
    public async Task Every_order_ends_where_the_model_does(Engine engine)
    {
        await using var server = await TestServer.Start(engine, [.. AccountSteps.Unlimited, ("Limits:CardTries", "0")]);
        var owner = new EmailChangePlayer(server, await server.SignUp());
        await Moves.List[1, 12].SampleAsync(
            async moves => await Run(owner, moves), iter: Soak.Times(25, 2000), threads: 1);
    }

    private static async Task Run(EmailChangePlayer owner, List<Move> moves)
    {
        var model = new EmailChangeModel(await owner.StartOver());
        foreach (var move in moves)
        {
            await Step(owner, model, move);
            Assert.Equal(model.Standing, await owner.Standing());
        }
    }

    private static Task Step(EmailChangePlayer owner, EmailChangeModel model, Move move) => move.Kind switch
    {
        "request" => owner.Request(model),
        "confirm" when model.Asked.Count > 0 => owner.Confirm(model, model.Asked[move.Index % model.Asked.Count]),
        "revoke" when model.Asked.Count > 0 => owner.Revoke(model, model.Asked[move.Index % model.Asked.Count]),
        "key" => owner.MakeKey(model),
        "ssh" => owner.AddSshKey(model),
        "card" => owner.SetCard(model, move.Index),
        "factor" => owner.TurnFactorOn(model),
        "browser" => owner.OpenBrowser(),
        "hours" => owner.Wait(TimeSpan.FromHours(5)),
        "day" => owner.Wait(TimeSpan.FromHours(25)),
        "week" => owner.Wait(TimeSpan.FromDays(8)),
        _ => Task.CompletedTask,
    };

    private sealed record Move(string Kind, int Index);
}

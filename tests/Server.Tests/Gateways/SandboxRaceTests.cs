using System.Text.Json;
using Gatehouse.Gateways;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Gateways;

/// <summary>Requests to the sandbox that two nodes send at the same time.</summary>
public sealed class SandboxRaceTests
{
    // The first of a request's statements only look; from the first that changes something the other one waits.
    private const int Looks = 3;

    [Theory, EveryDatabase]
    public async Task Same_request_in_the_midst_of_another_is_done_once_and_answered_alike(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        for (var step = 1; step <= Looks; step++)
        {
            var token = await MakeToken(server);
            var holder = new CardHolder(Guid.CreateVersion7(server.Now), CustomerRef: null);
            var toStore = new CardToStore(holder, token, $"card {step}");
            var card = await Interrupt(server, twin, step, sandbox => sandbox.StoreCard(toStore, default));
            var toCharge = new ChargeToMake(card.CustomerRef, card.MethodRef, Cents: 2500, $"charge {step}")
            {
                Name = $"ch_{step}",
                WantedAt = server.Now,
            };
            var charge = await Interrupt(server, twin, step, sandbox => sandbox.Charge(toCharge, default));
            var toRefund = new RefundToMake(charge, Cents: 2500, $"refund {step}");
            await Interrupt(server, twin, step, sandbox => sandbox.Refund(toRefund, default));
        }
    }

    /// <summary>
    /// What the request answers although the same one came from the other node meanwhile, before its statement number
    /// <paramref name="step"/>. SQLite lets none in between: there it comes first.
    /// </summary>
    private static async Task<T> Interrupt<T>(
        TestServer server, TestServer twin, int step, Func<PaymentProvider, Task<Answered<T>>> request)
    {
        Answered<T>? other = null;
        if (server.Database.Engine == Engine.Sqlite) other = await twin.Ask(request);
        using var watch = new StatementWatch(server, statement =>
        {
            if (statement == step) other ??= twin.Ask(request).GetAwaiter().GetResult();
        });
        var own = await server.Ask(request);
        Assert.Equal(AnswerState.Succeeded, other!.State);
        if (own.State != AnswerState.Unknown) Assert.Equal(other, own);
        return other.Value!;
    }

    private static async Task<string> MakeToken(TestServer server)
    {
        var card = new { number = "4242424242424242", exp_month = 12, exp_year = 2031, cvc = "123" };
        var made = await server.Call("POST /v1/tokens", new { card });
        return JsonDocument.Parse(made.Body).RootElement.GetProperty("id").GetString()!;
    }
}

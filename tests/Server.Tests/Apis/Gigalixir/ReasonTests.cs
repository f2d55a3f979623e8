using System.Text;
using Gatehouse.Apis.Gigalixir;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>What this dialect says to each reason: of a field, and of nothing in particular.</summary>
public sealed class ReasonTests
{
    [Fact]
    public async Task Every_reason_is_answered_with_and_without_a_field()
    {
        var text = new StringBuilder();
        foreach (var reason in Enum.GetValues<Reason>())
        {
            var refusal = new Refusal(reason, Field.Password, Number: 8)
            {
                Limit = new LimitInTheWay(Limited.Apps, Tier.Free, InUse: 1, Most: 1),
            };
            text.Append(reason).Append("\n  ").Append(await Write(refusal))
                .Append("\n  ").Append(await Write(refusal with { Field = null })).Append('\n');
        }

        Golden.Matches("Apis/Gigalixir/reasons.txt", text.ToString());
    }

    [Fact]
    public async Task Every_field_has_a_name()
    {
        foreach (var field in Enum.GetValues<Field>())
            Assert.Matches("^422 {\"errors\":{\"[a-z_]+\":\\[\"is required\"\\]}}$", await Write(
                new Refusal(Reason.Required, field)));
    }

    private static async Task<string> Write(Refusal refusal)
    {
        var services = new ServiceCollection().AddSingleton(new Settings()).BuildServiceProvider();
        var http = new DefaultHttpContext { RequestServices = services };
        using var body = new MemoryStream();
        http.Response.Body = body;
        await Errors.Answer(refusal).ExecuteAsync(http);
        return $"{http.Response.StatusCode} {Encoding.UTF8.GetString(body.ToArray())}";
    }
}

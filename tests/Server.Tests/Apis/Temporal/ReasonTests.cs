using System.Text;
using Gatehouse.Apis.Temporal;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gatehouse.Tests.Apis.Temporal;

/// <summary>What this dialect says to each reason, in both envelopes.</summary>
public sealed class ReasonTests
{
    [Fact]
    public async Task Every_reason_is_answered_in_both_envelopes()
    {
        var text = new StringBuilder();
        foreach (var reason in Enum.GetValues<Reason>())
        {
            var refusal = new Refusal(reason, Field.Password, Number: 8)
            {
                Limit = new LimitInTheWay(Limited.Apps, Tier.Free, InUse: 1, Most: 1),
            };
            text.Append(reason).Append("\n  ").Append(await Write(Errors.Answer(refusal)))
                .Append("\n  ").Append(await Write(Errors.Gate(refusal))).Append('\n');
        }

        Golden.Matches("Apis/Temporal/reasons.txt", text.ToString());
    }

    [Fact]
    public async Task Every_field_has_a_name()
    {
        foreach (var field in Enum.GetValues<Field>())
            Assert.Matches("^400 [^ ]*\"response\":\"[a-z_]+ not present\"", await Write(
                Errors.Answer(new Refusal(Reason.Required, field))));
    }

    private static async Task<string> Write(IResult result)
    {
        var services = new ServiceCollection().AddSingleton(new Settings()).BuildServiceProvider();
        var http = new DefaultHttpContext { RequestServices = services };
        using var body = new MemoryStream();
        http.Response.Body = body;
        await result.ExecuteAsync(http);
        return $"{http.Response.StatusCode} {Encoding.UTF8.GetString(body.ToArray())}";
    }
}

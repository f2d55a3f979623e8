using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>One request and what its answer must and must not contain.</summary>
internal sealed record Scenario(string Name, object? Body, int Status, string Expected, string Forbidden = "\n")
{
    /// <summary>Runs all of them in turn, and names every one that went wrong.</summary>
    public static async Task Run(TestServer server, string what, IEnumerable<Scenario> scenarios)
    {
        var wrong = new List<string>();
        foreach (var scenario in scenarios)
        {
            var answer = await server.Call(what, scenario.Body);
            if (scenario.Fits(answer)) continue;
            wrong.Add($"{scenario.Name}: {answer} instead of {scenario.Status} {scenario.Expected}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private bool Fits(Answer answer) =>
        answer.Status == Status
        && answer.Body.Contains(Expected, StringComparison.Ordinal)
        && !answer.Body.Contains(Forbidden, StringComparison.Ordinal);
}

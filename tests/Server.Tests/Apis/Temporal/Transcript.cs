using System.Text;
using System.Text.RegularExpressions;
using Gatehouse.Tests.Harness;

namespace Gatehouse.Tests.Apis.Temporal;

/// <summary>Requests and answers as they go over the wire, to be held against the rows of its document.</summary>
internal sealed partial class Transcript(TestServer server)
{
    private readonly StringBuilder text = new();

    /// <summary>Begins a row.</summary>
    public Transcript Row(string name)
    {
        text.Append(text.Length == 0 ? "" : "\n").Append("# ").Append(name).Append('\n');
        return this;
    }

    /// <summary>Asks, and writes down status, the named headers and the body.</summary>
    public async Task<Answer> Ask(string what, object? body = null, string? bearer = null, params string[] headers) =>
        Note(what, await server.Call(what, body, authorization: bearer), headers);

    /// <summary>Writes down an answer.</summary>
    public Answer Note(string what, Answer answer, params string[] headers)
    {
        text.Append(Secret().Replace(what, "(token)")).Append("\n  ").Append(answer.Status);
        text.Append(' ').Append(Secret().Replace(Id().Replace(answer.Body, "\"ID\":249"), "(token)")).Append('\n');
        foreach (var name in headers)
            text.Append($"  {name}: {answer.Headers.GetValueOrDefault(name, "–")}\n".AsSpan());
        return answer;
    }

    /// <summary>Holds all of it to a golden file.</summary>
    public void Matches(string name) => Golden.Matches($"Apis/Temporal/{name}.txt", text.ToString());

    [GeneratedRegex("\"ID\":[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Id();

    [GeneratedRegex("eyJ[A-Za-z0-9_.-]+|(?<=/)[A-Za-z0-9_-]{43}$", RegexOptions.None, 1000)]
    private static partial Regex Secret();
}

using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gatehouse.Tests.Harness;

/// <summary>What a server answered.</summary>
public sealed partial record Answer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    private static readonly HashSet<string> Changing =
        new(StringComparer.OrdinalIgnoreCase) { "Date", "X-Request-Id", "Content-Length" };

    /// <summary>The header <c>Retry-After</c> in seconds; 0 when there is none.</summary>
    public int RetryAfter => int.Parse(Headers.GetValueOrDefault("Retry-After", "0"), CultureInfo.InvariantCulture);

    /// <summary>
    /// Status, headers and body without what differs between any two answers: times, request ids, lengths, handles.
    /// </summary>
    public string Shape
    {
        get
        {
            var headers = Headers
                .Where(header => !Changing.Contains(header.Key))
                .OrderBy(header => header.Key, StringComparer.Ordinal)
                .Select(header => $"{header.Key}: {header.Value}");
            return $"{Status}\n{string.Join('\n', headers)}\n{Handle().Replace(Body, "(handle)")}";
        }
    }

    /// <summary>A text of <c>data</c> in the body, such as <c>uuid</c>.</summary>
    public string Data(string name) =>
        JsonDocument.Parse(Body).RootElement.GetProperty("data").GetProperty(name).ToString();

    public static async Task<Answer> Of(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(
            header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, headers, await response.Content.ReadAsStringAsync());
    }

    public override string ToString() => $"{Status} {Body}";

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Handle();
}

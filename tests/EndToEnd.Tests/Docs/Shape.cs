using System.Text.Json;

namespace Gatehouse.EndToEnd.Tests.Docs;

/// <summary>Whether an answer has the shape of the example: the same names, and values of the same kind.</summary>
internal static class Shape
{
    private const string More = "…";

    /// <summary>What differs, each with its place; nothing when the shapes are the same.</summary>
    public static IEnumerable<string> Differences(JsonElement example, JsonElement actual, string place = "answer")
    {
        if (IsNull(example) || IsNull(actual))
            return [];
        if (KindOf(example) != KindOf(actual))
            return [$"{place} is {actual.ValueKind}, in the example {example.ValueKind}"];
        return example.ValueKind switch
        {
            JsonValueKind.Object => OfObjects(example, actual, place),
            JsonValueKind.Array => OfArrays(example, actual, place),
            _ => [],
        };
    }

    private static IEnumerable<string> OfObjects(JsonElement example, JsonElement actual, string place)
    {
        var all = !example.TryGetProperty(More, out _);
        foreach (var field in example.EnumerateObject().Where(field => field.Name != More))
        {
            if (!actual.TryGetProperty(field.Name, out var value))
                yield return $"{place}.{field.Name} is missing";
            else
            {
                foreach (var difference in Differences(field.Value, value, $"{place}.{field.Name}"))
                    yield return difference;
            }
        }

        foreach (var field in actual.EnumerateObject())
        {
            if (all && !example.TryGetProperty(field.Name, out _))
                yield return $"{place}.{field.Name} is not in the example";
        }
    }

    /// <summary>The example's items are some of them; one that looks like it is enough for each.</summary>
    private static IEnumerable<string> OfArrays(JsonElement example, JsonElement actual, string place) =>
        from item in example.EnumerateArray().Take(1)
        let best = actual.EnumerateArray().Select(other => Differences(item, other, $"{place}[]").ToList())
            .DefaultIfEmpty([$"{place} is empty"]).MinBy(differences => differences.Count)!
        from difference in best
        select difference;

    private static bool IsNull(JsonElement value) => value.ValueKind == JsonValueKind.Null;

    private static JsonValueKind KindOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.False ? JsonValueKind.True : value.ValueKind;
}

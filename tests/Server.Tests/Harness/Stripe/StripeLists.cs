using System.Globalization;
using System.Text.Json.Nodes;

namespace Gatehouse.Tests.Harness.Stripe;

/// <summary>How Stripe shows what it has.</summary>
internal static class StripeLists
{
    /// <summary>An object with others in it in place of their names, where that was asked for.</summary>
    public static JsonObject Expand(
        Dictionary<string, JsonObject> all, JsonObject one, Dictionary<string, string> form)
    {
        var copy = (JsonObject)one.DeepClone();
        foreach (var wanted in form.Where(pair => pair.Key.StartsWith("expand", StringComparison.Ordinal)))
        {
            var at = copy;
            foreach (var part in wanted.Value.Split('.'))
            {
                if ((string?)at[part] is not { } id) break;
                at[part] = all[id].DeepClone();
                at = (JsonObject)at[part]!;
            }
        }

        return copy;
    }

    /// <summary>A page of a list, the newest first.</summary>
    public static JsonObject Page(
        Dictionary<string, JsonObject> all, string kind, Dictionary<string, string> form)
    {
        var since = long.Parse(form.GetValueOrDefault("created[gte]", "0"), CultureInfo.InvariantCulture);
        var found = all.Values.Where(one => (string?)one["object"] == kind && (long)one["created"]! >= since)
            .Where(one => IsOf(one, form, "customer") && IsOf(one, form, "payment_intent"))
            .Reverse().ToList();
        if (form.TryGetValue("starting_after", out var last))
            found = [.. found.SkipWhile(one => (string?)one["id"] != last).Skip(1)];
        var limit = int.Parse(form.GetValueOrDefault("limit", "10"), CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["object"] = "list",
            ["url"] = $"/v1/{kind}s",
            ["has_more"] = found.Count > limit,
            ["data"] = new JsonArray([.. found.Take(limit).Select(one => one.DeepClone())]),
        };
    }

    private static bool IsOf(JsonObject one, Dictionary<string, string> form, string field) =>
        !form.TryGetValue(field, out var wanted) || (string?)one[field] == wanted;
}

using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Gatehouse.Cli.Output;

/// <summary>
/// A refusal that helps: which limit it was, what is in use, which tier lifts it at what price, and what to type.
/// </summary>
internal sealed class LimitCard
{
    private static readonly Style CommandStyle = new(Color.Green, decoration: Decoration.Bold);
    private readonly JsonElement limit;
    private readonly string program;

    private LimitCard(JsonElement limit, string program) => (this.limit, this.program) = (limit, program);

    /// <summary>The card of a reply's <c>limit</c>; null when there is none that could be shown.</summary>
    public static LimitCard? Of(JsonElement? limit, string program) =>
        limit is { } given && given.Text("name") is not null && given.Text("tier") is not null
            && given.Text("in_use") is not null && given.Text("allowed") is not null
            ? new LimitCard(given, program)
            : null;

    /// <summary>The same words for people, in a box, and for files, without one.</summary>
    public IRenderable Drawn(bool inBox)
    {
        var content = new Rows(
            new Text(PlainText.Line($"{Tier} allows {Amount("allowed")}.")),
            Text.Empty,
            Facts());
        return inBox
            ? new Panel(content) { Border = BoxBorder.Rounded, BorderStyle = Color.Grey, Padding = new Padding(2, 0) }
            : content;
    }

    private string Tier => limit.Text("tier") ?? "";

    private string Name => limit.Text("name") ?? "";

    private bool IsSize => Name == "size";

    private FieldList Facts()
    {
        var facts = new FieldList().Add(IsSize ? "Size now" : Words.Label(Name), InUse());
        return limit.Text("lifted_by") is { } tier
            ? facts.Add(tier, $"{Amount("allowed_there")}{Price()}")
                .Add("Upgrade", $"{program} {limit.Text("command") ?? "account:upgrade"}", CommandStyle)
            : facts.Add("Other tiers", "allow no more");
    }

    private string InUse() => limit.Text("allowed") switch
    {
        _ when IsSize => $"{limit.Text("in_use")} GB",
        "0" => "none",
        var allowed => $"{limit.Text("in_use")} of {allowed}",
    };

    private string Price() => limit.Cents("price_cents") is { } price ? $", from {price} a month" : "";

    /// <summary><c>1 app</c>, <c>no paid databases</c>, <c>replicas of 0.2 GB</c>.</summary>
    private string Amount(string member)
    {
        var number = limit.Text(member) ?? "0";
        if (IsSize)
            return $"replicas of up to {number} GB";
        var things = Name.Replace('_', ' ');
        var count = number switch
        {
            "0" => $"no {things}",
            "1" => $"1 {things.TrimEnd('s')}",
            _ => string.Create(CultureInfo.InvariantCulture, $"{number} {things}"),
        };
        return Name is "replicas" or "domains" or "collaborators" ? $"{count} an app" : count;
    }
}

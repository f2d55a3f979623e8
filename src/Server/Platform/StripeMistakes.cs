using System.Text.RegularExpressions;
using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>
/// Finds the mistakes in Stripe's settings. A key that everybody knows takes money for somebody else, and a webhook
/// secret that can be guessed lets anybody report payments: neither starts.
/// </summary>
internal static partial class StripeMistakes
{
    private const string Live = "_live_";

    // Fewer different characters than this are filled in by hand, not drawn at random.
    private const int FewestCharacters = 10;

    // Keys and secrets that stand in public documents.
    private static readonly string[] Samples =
        ["4eC39HqLyjWDarjtT1zdp7dc", "BQokikJOvBiI2HlWgH4olfQ2", "TYooMQauvdEDq54NiTphI7jx", "test_secret"];

    // Long enough that none comes up by chance.
    private static readonly string[] Placeholders =
        ["your_", "sample", "example", "change", "secret", "default", "placeholder"];

    /// <summary>One sentence a mistake; the keys themselves are never repeated.</summary>
    public static IEnumerable<string> In(StripeSettings stripe)
    {
        if (!IsKey(stripe.SecretKey, SecretForm()))
            yield return "Payments:Stripe:SecretKey is not a secret key of Stripe's (sk_… or rk_…), or is a sample.";
        if (!IsKey(stripe.WebhookSecret, WebhookForm()))
            yield return "Payments:Stripe:WebhookSecret is not the signing secret of a webhook endpoint (whsec_…), or "
                + "is a sample.";
        var publishable = new Secret(stripe.PublishableKey);
        if (stripe.PublishableKey != "" && !IsKey(publishable, PublishableForm()))
            yield return "Payments:Stripe:PublishableKey is not a publishable key of Stripe's (pk_…), or is a sample.";
        else if (stripe.PublishableKey != "" && IsLive(publishable) != IsLive(stripe.SecretKey))
            yield return "Payments:Stripe:PublishableKey and Payments:Stripe:SecretKey are not both live or both test.";
        if (stripe.ApiBase != "" && !(Uri.TryCreate(stripe.ApiBase, UriKind.Absolute, out var url)
            && SettingsMistakes.IsSafe(url) && url.PathAndQuery == "/" && url.UserInfo == "" && url.Fragment == ""
            && !stripe.ApiBase.EndsWith('/')))
            yield return "Payments:Stripe:ApiBase is not an https address (http for this machine only) without a path.";
    }

    private static bool IsLive(Secret? key) => key?.Reveal().Contains(Live, StringComparison.Ordinal) == true;

    private static bool IsKey(Secret? key, Regex form)
    {
        var text = key?.Reveal() ?? "";
        return form.Match(text) is { Success: true } match
            && match.Groups["random"].Value.Distinct().Count() >= FewestCharacters
            && !Samples.Any(sample => text.Contains(sample, StringComparison.Ordinal))
            && !Placeholders.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"^[sr]k_(live|test)_(?<random>[A-Za-z0-9_]{16,250})\z", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex SecretForm();

    [GeneratedRegex(@"^pk_(live|test)_(?<random>[A-Za-z0-9_]{16,250})\z", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex PublishableForm();

    [GeneratedRegex(@"^whsec_(?<random>[A-Za-z0-9+/=_]{24,250})\z", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex WebhookForm();
}

using System.Text.Json.Serialization;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>One step of <c>POST /api/signup</c>: the handle of the first reply, and one other field.</summary>
internal sealed record SignUpRequest
{
    public string? Uuid { get; init; }

    public string? Email { get; init; }

    [JsonPropertyName("oauth")]
    public string? OAuth { get; init; }

    public string? Explanation { get; init; }

    public string? ConfirmationCode { get; init; }

    public string? Password { get; init; }

    public string? PromoCode { get; init; }

    public string? StripeToken { get; init; }

    /// <summary>
    /// Opens a page on which the card is entered (<c>open</c>), or asks how far that page is (its id).
    /// </summary>
    public string? CardPage { get; init; }

    public string? Tier { get; init; }

    /// <summary>What the new key is named after; goes with the last step.</summary>
    public string? Device { get; init; }

    /// <summary>How many steps the request asks for.</summary>
    [JsonIgnore]
    public int Fields => new[]
    {
        Email, OAuth, Explanation, ConfirmationCode, Password, PromoCode, StripeToken, CardPage, Tier,
    }.Count(step => step is not null);
}

/// <summary>What <c>POST /api/free_users</c> takes.</summary>
internal sealed record RegisterRequest(string? Email, string? Password)
{
    public RegisterRequest()
        : this(null, null)
    {
    }
}

/// <summary>The account of a sign-up that is done, with the key of the device that did it.</summary>
internal sealed record SignedUpReply(string Email, string Key, string UserName);

/// <summary>
/// The running sign-up. Clients of the original read <c>uuid</c> alone; the rest tells ours what to ask for.
/// </summary>
internal sealed record SignUpReply
{
    public string? Uuid { get; init; }

    public string? Email { get; init; }

    /// <summary>Of a sign-up with Google: what to ask <c>GET /api/oauth/google/{session}</c> with.</summary>
    public string? Session { get; init; }

    /// <summary>Of a sign-up with Google: the page to open in a browser.</summary>
    public string? Url { get; init; }

    /// <summary>Of a sign-up with Google: what the page shows too.</summary>
    public string? PairingCode { get; init; }

    /// <summary>The field that the next step has to bring.</summary>
    public string? Next { get; init; }

    public required IReadOnlyList<OfferedTier> Tiers { get; init; }

    public required bool PromoCodes { get; init; }

    public required int PasswordMinimum { get; init; }

    public required string TermsUrl { get; init; }

    public required string PrivacyUrl { get; init; }

    /// <summary>Where the mails of a Development server are read; missing elsewhere.</summary>
    public string? MailboxUrl { get; init; }
}

/// <summary>A tier that may be chosen.</summary>
internal sealed record OfferedTier(string Name, string Summary);

/// <summary>The promo code that will be redeemed with the last step; missing without one.</summary>
internal sealed record PromoReply(string? Promo);

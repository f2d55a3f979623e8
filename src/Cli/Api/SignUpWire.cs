using System.Text.Json.Serialization;

namespace Gatehouse.Cli.Api;

/// <summary>One step of <c>POST /api/signup</c>: the sign-up it belongs to, and the one field of the step.</summary>
/// <param name="Uuid">Missing in the first step only, whose reply gives it.</param>
internal sealed record SignUpStep(string? Uuid)
{
    public string? Email { get; init; }

    /// <summary>The provider that vouches for an address instead; in the first step.</summary>
    [JsonPropertyName("oauth")]
    public string? OAuth { get; init; }

    /// <summary>Empty when the link of the mail was used instead.</summary>
    public string? ConfirmationCode { get; init; }

    public string? Password { get; init; }

    public string? PromoCode { get; init; }

    public string? StripeToken { get; init; }

    /// <summary><c>open</c> opens a page on which the card is entered; its id asks how far it is.</summary>
    public string? CardPage { get; init; }

    public string? Tier { get; init; }

    /// <summary>What the new key is named after; goes with the last step.</summary>
    public string? Device { get; init; }
}

/// <summary>What a server offers to whoever signs up: the reply of the first step, and of going on later.</summary>
internal sealed record SignUpOffer
{
    public string? Uuid { get; init; }

    /// <summary>The address it was begun with; only when going on.</summary>
    public string? Email { get; init; }

    /// <summary>The field of the step to go on with; only when going on.</summary>
    public string? Next { get; init; }

    /// <summary>Where a development server shows the mail that it would have sent.</summary>
    public string? MailboxUrl { get; init; }

    public SignUpTier[]? Tiers { get; init; }

    /// <summary>Whether there are promo codes to ask for.</summary>
    public bool PromoCodes { get; init; }

    /// <summary>In characters.</summary>
    public int? PasswordMinimum { get; init; }

    public string? TermsUrl { get; init; }

    public string? PrivacyUrl { get; init; }
}

/// <summary>A tier that a new account may choose.</summary>
/// <param name="Name">As the wire has it: <c>FREE</c>, <c>STANDARD</c>.</param>
/// <param name="Summary">What is in it, on one line.</param>
internal sealed record SignUpTier(string Name, string? Summary = null);

/// <summary>The reply to a promo code.</summary>
/// <param name="Promo">The code, when it decides for the tier <c>STANDARD</c>.</param>
internal sealed record PromoReply(string? Promo = null);

/// <summary>The reply to the last step: the account exists and this machine has a key.</summary>
internal sealed record SignUpReply(string Email, string Key, string? UserName = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SignUpStep))]
[JsonSerializable(typeof(SignUpOffer))]
[JsonSerializable(typeof(PromoReply))]
[JsonSerializable(typeof(SignUpReply))]
internal sealed partial class SignUpWire : JsonSerializerContext;

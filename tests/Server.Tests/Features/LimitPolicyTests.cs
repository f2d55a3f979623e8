using Gatehouse.Commands;
using Gatehouse.Features.Accounts;
using Gatehouse.Features.ApiKeys;
using Gatehouse.Features.Confirmations;
using Gatehouse.Features.Credentials;
using Gatehouse.Features.EmailChanges;
using Gatehouse.Features.ExternalLogins;
using Gatehouse.Features.Logins;
using Gatehouse.Features.Passwords;
using Gatehouse.Features.SecondFactors;
using Gatehouse.Features.ServiceKeys;
using Gatehouse.Features.Sessions;
using Gatehouse.Features.SignUps;
using Gatehouse.Platform;
using Gatehouse.Tests.Tidy;
using Xunit;

namespace Gatehouse.Tests.Features;

/// <summary>
/// Whatever handles a password, a code, a token or a key declares here what keeps people from guessing, and the
/// compiled code is held to it: a new operation that is not listed, or that lost its limit, fails here (T40).
/// </summary>
public sealed class LimitPolicyTests
{
    private static readonly Type[] SecretKeepers =
    [
        typeof(PasswordHashing), typeof(CheckPassword), typeof(OneTimeTokens), typeof(ApiKeyHashes), typeof(TotpCodes),
        typeof(EmailChangeLinks), typeof(VisitTokens),
    ];

    /// <summary>What a person can guess, with the limit that counts the guesses.</summary>
    private static readonly Dictionary<Type, Type> Guarded = new()
    {
        [typeof(CheckLogin)] = typeof(LoginLimits),
        [typeof(RequireStepUp)] = typeof(LoginLimits),
        [typeof(CheckFactor)] = typeof(FactorLimits),
        [typeof(VerifyFirstCode)] = typeof(FactorLimits),
        [typeof(ConfirmByCode)] = typeof(LimitSettings),
        [typeof(ConfirmByEmail)] = typeof(SignUpLimits),
        [typeof(ChoosePassword)] = typeof(SignUpLimits),
        [typeof(CheckApiKey)] = typeof(ApiKeyFailures),
        [typeof(CheckServiceKey)] = typeof(ApiKeyFailures),
    };

    /// <summary>What needs none, with the reason.</summary>
    private static readonly Dictionary<Type, string> Unguarded = new()
    {
        [typeof(CheckPassword)] = "its callers are guarded, see below",
        [typeof(HashNewPassword)] = "compares nothing",
        [typeof(AskForConfirmation)] = "makes codes and links, compares none",
        [typeof(CreateLoginKey)] = "makes keys, compares none",
        [typeof(CreateApiKey)] = "makes keys, compares none",
        [typeof(StartFactor)] = "makes secrets, compares none",
        [typeof(ReplaceRecoveryCodes)] = "makes codes, compares none",
        [typeof(RequestPasswordReset)] = "makes links, compares none",
        [typeof(RequestEmailChange)] = "makes links, compares none",
        [typeof(ResetPassword)] = "a link has 256 random bits",
        [typeof(ShowPasswordReset)] = "a link has 256 random bits",
        [typeof(ConfirmEmailChange)] = "a link has 256 random bits",
        [typeof(RevokeEmailChange)] = "a link has 256 random bits",
        [typeof(ShowEmailChange)] = "a link has 256 random bits",
        [typeof(ShowEmailRevocation)] = "a link has 256 random bits",
        [typeof(ReopenAccount)] = "a link has 256 random bits",
        [typeof(ShowClosing)] = "a link has 256 random bits",
        [typeof(StartTerminalLogin)] = "makes sessions and handles, compares none",
        [typeof(PollTerminalLogin)] = "a session has 256 random bits",
        [typeof(BeginTerminalVisit)] = "a session has 256 random bits",
        [typeof(BeginVisit)] = "makes states, compares none",
        [typeof(TakeVisit)] = "a state has 256 random bits",
        [typeof(VisitPassage)] = "derives what goes to the provider, compares none",
        [typeof(FindVisit)] = "a reference has 256 random bits",
        [typeof(MoveVisit)] = "makes references, compares none",
        [typeof(SignUpByVisit)] = "makes handles, compares none",
        [typeof(StartSignUp)] = "makes handles, compares none",
        [typeof(ConfirmByLink)] = "a link has 256 random bits",
        [typeof(ConfirmByName)] = "a link has 256 random bits",
        [typeof(ShowLink)] = "a link has 256 random bits",
        [typeof(ShowSignUp)] = "a handle has 128 random bits",
        [typeof(FinishSignUp)] = "a handle has 128 random bits",
        [typeof(CreateServiceKey)] = "makes keys, compares none",
        [typeof(StartWebSession)] = "makes references, compares none",
        [typeof(TurnSession)] = "a turn is part of a reference that was checked",
        [typeof(CheckWebSession)] = "a reference has 256 random bits",
        [typeof(ChoosePromoCode)] = "a handle has 128 random bits",
        [typeof(AddSignUpCard)] = "a handle has 128 random bits",
        [typeof(OpenSignUpCardPage)] = "a handle has 128 random bits",
        [typeof(ShowSignUpCardPage)] = "a handle has 128 random bits",
    };

    private static readonly ILookup<string, string> Mentions =
        CompiledCode.References(CompiledCode.Server).ToLookup(reference => reference.From, reference => reference.To);

    [Fact]
    public void Whatever_handles_a_secret_says_what_limits_it()
    {
        var found = Mentions
            .Where(type => type.Key.StartsWith("Gatehouse.Features.", StringComparison.Ordinal))
            .Where(type => SecretKeepers.Any(keeper => keeper.FullName != type.Key && type.Contains(keeper.FullName!)))
            .Select(type => type.Key);
        var declared = Guarded.Keys.Concat(Unguarded.Keys).Select(type => type.FullName!);
        Assert.Equal(declared.Order(), found.Append(typeof(CheckPassword).FullName!).Distinct().Order());
    }

    [Fact]
    public void Declared_limit_is_really_taken() => Assert.All(Guarded, pair =>
        Assert.Contains(pair.Value.FullName!, Mentions[pair.Key.FullName!]));

    [Fact]
    public void Password_is_checked_by_nobody_without_the_limits_of_logins() => Assert.All(
        Mentions.Where(type => type.Key != typeof(CheckPassword).FullName)
            .Where(type => type.Contains(typeof(CheckPassword).FullName!)),
        type => Assert.Contains(typeof(LoginLimits).FullName!, type));

    [Fact]
    public void Surfaces_reach_secrets_through_operations_only() => Assert.All(
        Mentions.Where(type => !type.Key.StartsWith("Gatehouse.Features.", StringComparison.Ordinal)
            && !type.Key.StartsWith("Gatehouse.Platform.", StringComparison.Ordinal)
            && !type.Key.StartsWith("Gatehouse.Mail.", StringComparison.Ordinal)
            // The doctor measures how fast passwords are hashed, and knows none.
            && type.Key != typeof(DoctorMachine).FullName),
        type => Assert.DoesNotContain(SecretKeepers, keeper => type.Contains(keeper.FullName!)));
}

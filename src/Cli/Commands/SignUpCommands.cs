using System.CommandLine;
using Gatehouse.Cli.Questions;

namespace Gatehouse.Cli.Commands;

/// <summary>Creating an account.</summary>
internal static class SignUpCommands
{
    /// <summary><c>signup</c>: address, code from the mail, password, tier; then this machine is logged in.</summary>
    public static void SignUp(Verb verb)
    {
        var questions = new SignUpQuestions(verb, withGoogle: false);
        verb.Runs(run => new SignUpDialogue(run, questions).Run());
    }
}

/// <summary>What a sign-up asks, in this order.</summary>
internal sealed class SignUpQuestions(Verb verb, bool withGoogle)
{
    /// <summary>What Google answers otherwise; null with Google.</summary>
    public AddressQuestions? Address { get; } = withGoogle ? null : new AddressQuestions(verb);

    public Question PromoCode { get; } =
        verb.Asks("Promo code [enter to skip]", "--promo-code", "CODE", "A promo code") with { MayBeEmpty = true };

    public Question Tier { get; } = verb.Asks("Tier", "--tier", "TIER", "Free or standard");

    public CardFlags Card { get; } = CardFlags.Of(verb);

    public Option<bool> Yes { get; } = verb.Flag("--yes", "Do not ask before the account is made", "-y");

    public Option<bool> Resume { get; } = verb.Flag("--resume", "Go on with the sign-up begun on this machine");
}

/// <summary>What proves an address by mail, and opens the account later.</summary>
internal sealed class AddressQuestions(Verb verb)
{
    public Question Email { get; } = verb.Asks("Email", "--email", "EMAIL", "Your e-mail address", "-e");

    public Question Code { get; } =
        verb.Asks("Confirmation code", "--code", "CODE", "From the mail") with { MayBeEmpty = true };

    public SecretQuestion Password { get; } = verb.AsksSecret("Password", "--password", "-p");
}

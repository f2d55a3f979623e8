using System.Net;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Output;
using Gatehouse.Cli.Questions;
using Gatehouse.Cli.Storage;
using Spectre.Console;

namespace Gatehouse.Cli.Commands;

/// <summary>
/// One sign-up from its first step to its last. The server keeps the state; this machine keeps the sign-up's name, so
/// that another run can go on with it.
/// </summary>
internal sealed class SignUpDialogue(Invocation run, SignUpQuestions questions)
{
    private const string Standard = "STANDARD";
    private static readonly Padding Apart = new(0, 1);

    /// <summary>Asks, sends, asks; ends with an account and a machine that is logged in.</summary>
    public async Task Run()
    {
        var (pending, offer) = run.Value(questions.Resume) ? await GoOn()
            : questions.Address is { } asked ? await Begin(asked)
            : await BeginWithGoogle();
        if (questions.Address is { } address)
            await Prove(pending, offer, address);
        var tier = await RedeemPromoCode(pending, offer) ?? ChooseTier(offer);
        if (tier.Name == Standard)
            await GiveCard(pending);
        Agree(offer, tier);
        await Finish(pending, tier);
    }

    private async Task Prove(PendingSignUp pending, SignUpOffer offer, AddressQuestions address)
    {
        if (offer.Next is null or "confirmation_code")
            await ConfirmAddress(pending, offer, address);
        if (offer.Next is not "tier")
            await ChoosePassword(pending, offer, address);
    }

    private async Task<(PendingSignUp, SignUpOffer)> BeginWithGoogle()
    {
        var server = run.Server;
        run.Terminal.Say($"Creating an account at {server}.");
        var begun = await Send(
            server, new SignUpStep(Uuid: null) { OAuth = "google", Device = Environment.MachineName });
        var offer = begun.OrFail().Read(SignUpWire.Default.SignUpOffer);
        var pending = new PendingSignUp(server, offer.Uuid ?? throw begun.NotUnderstood());
        var proven = await GoogleVisit.Wait(run, server, begun, "signup");
        await pending.Save(run.Surroundings, run.Cancelled);
        return (pending, offer with { Email = proven.Data.Text("email"), Next = "tier" });
    }

    private async Task<(PendingSignUp, SignUpOffer)> Begin(AddressQuestions address)
    {
        var server = run.Server;
        run.Terminal.Say($"Creating an account at {server}.");
        var email = "";
        var reply = await run.Interview.Ask(
            address.Email, answer => Send(server, new SignUpStep(Uuid: null) { Email = email = answer }));
        var offer = reply.Read(SignUpWire.Default.SignUpOffer) with { Email = email };
        var pending = new PendingSignUp(server, offer.Uuid ?? throw reply.NotUnderstood());
        await pending.Save(run.Surroundings, run.Cancelled);
        run.Terminal.Say($"A confirmation code is on its way to {email}.");
        return (pending, offer);
    }

    private async Task<(PendingSignUp, SignUpOffer)> GoOn()
    {
        if (PendingSignUp.Read(run.Surroundings) is not { } pending)
            throw new Failure(ExitCode.Error, "No sign-up was begun on this machine.", BeginHint);
        if (run.GivenServer is { } given && given != pending.Server)
            throw Failure.Usage($"The sign-up was begun at {pending.Server}, not at {given}.");

        var reply = await Send(pending.Server, new SignUpStep(pending.Uuid));
        var offer = reply.OrFail().Read(SignUpWire.Default.SignUpOffer);
        if (offer.Next is not "tier" && questions.Address is null)
            throw new Failure(ExitCode.Error, "That sign-up has no address from Google.", BeginHint);
        run.Terminal.Say($"Going on with the account of {offer.Email} at {pending.Server}.");
        return (pending, offer);
    }

    private async Task ConfirmAddress(PendingSignUp pending, SignUpOffer offer, AddressQuestions address)
    {
        if (offer.MailboxUrl is { } mailbox)
            run.Terminal.Say($"Development server: read the mail at {mailbox}");
        run.Terminal.Hint($"""
            Type the code, or open the link of the mail and press Enter.
            `{run.Program} signup --resume` goes on from here another time.
            """);
        await run.Interview.Ask(
            address.Code,
            code => Send(pending.Server, new SignUpStep(pending.Uuid) { ConfirmationCode = code }));
    }

    private async Task ChoosePassword(PendingSignUp pending, SignUpOffer offer, AddressQuestions address)
    {
        if (offer.PasswordMinimum is { } minimum)
            run.Terminal.Hint($"The password has at least {minimum} characters.");
        await run.Interview.Ask(
            address.Password,
            password => Send(pending.Server, new SignUpStep(pending.Uuid) { Password = password }));
    }

    /// <summary>The tier that a promo code brings; null when there is none, or none to ask for.</summary>
    private async Task<SignUpTier?> RedeemPromoCode(PendingSignUp pending, SignUpOffer offer)
    {
        if (!offer.PromoCodes)
            return null;

        var reply = await run.Interview.AskOrSkip(
            questions.PromoCode,
            code => Send(pending.Server, new SignUpStep(pending.Uuid) { PromoCode = code }));
        if (reply?.Read(SignUpWire.Default.PromoReply).Promo is not { Length: > 0 } promo)
            return null;

        run.Terminal.Cheer($"Promo code {promo} is yours with the tier {Words.Name(Standard)}.");
        return Array.Find(Tiers(offer), tier => tier.Name == Standard) ?? new SignUpTier(Standard);
    }

    private SignUpTier ChooseTier(SignUpOffer offer)
    {
        var tiers = Tiers(offer);
        if (tiers.Length == 1 && run.Value(questions.Tier.Flag) is null)
            return tiers[0];

        if (run.Value(questions.Tier.Flag) is null)
            run.Terminal.DrawAside(new Padder(Numbered(tiers), Apart));
        return run.Interview.Ask(
            questions.Tier,
            answer => tiers.Index().FirstOrDefault(tier => Means(answer, tier)).Item,
            $"Choose {string.Join(" or ", tiers.Select((tier, index) => $"{index + 1} ({Words.Name(tier.Name)})"))}.");
    }

    private async Task GiveCard(PendingSignUp pending)
    {
        if (await questions.Card.Token(run, pending.Server) is { } token)
        {
            var reply = await Send(pending.Server, new SignUpStep(pending.Uuid) { StripeToken = token });
            reply.OrFail();
            return;
        }

        await CardPageVisit.Wait(
            run,
            () => Send(pending.Server, new SignUpStep(pending.Uuid) { CardPage = "open" }),
            id => Send(pending.Server, new SignUpStep(pending.Uuid) { CardPage = id }));
    }

    private void Agree(SignUpOffer offer, SignUpTier tier)
    {
        var summary = new FieldList()
            .Add("Email", offer.Email)
            .Add("Tier", Words.Name(tier.Name))
            .Add("", tier.Summary)
            .Add("Terms", offer.TermsUrl)
            .Add("Privacy", offer.PrivacyUrl);
        run.Terminal.DrawAside(new Padder(summary, Apart));
        if (!run.Interview.Confirm("Do you wish to proceed?", questions.Yes, byDefault: true))
            throw new Failure(
                ExitCode.Cancelled, "No account was made.", $"Changed your mind? `{run.Program} signup --resume`");
    }

    private async Task Finish(PendingSignUp pending, SignUpTier tier)
    {
        var last = new SignUpStep(pending.Uuid) { Tier = tier.Name, Device = Environment.MachineName };
        var reply = await Send(pending.Server, last);
        var account = reply.OrFail().Read(SignUpWire.Default.SignUpReply);
        PendingSignUp.Forget(run.Surroundings);
        await run.StayLoggedIn(new Credentials(account.Email, account.Key), pending.Server);
        run.Terminal.Cheer($"Welcome, {account.UserName ?? account.Email}. You are logged in as {account.Email}.");
        run.Terminal.Hint($"Next: `{run.Program} account` shows your tier, limits and credits.");
    }

    private static SignUpTier[] Tiers(SignUpOffer offer) =>
        offer.Tiers is { Length: > 0 } tiers ? tiers : [new SignUpTier("FREE")];

    private static FieldList Numbered(SignUpTier[] tiers)
    {
        var list = new FieldList();
        foreach (var (index, tier) in tiers.Index())
            list.Add($"{index + 1} = {Words.Name(tier.Name)}", tier.Summary ?? "");
        return list;
    }

    /// <summary>Its number or its name.</summary>
    private static bool Means(string answer, (int Index, SignUpTier Item) tier) =>
        answer == $"{tier.Index + 1}" || answer.Equals(tier.Item.Name, StringComparison.OrdinalIgnoreCase);

    private string BeginHint => $"Begin one: `{run.Program} signup`";

    private async Task<ApiReply> Send(ServerAddress server, SignUpStep step)
    {
        var reply = await run.Anonymous(server)
            .Post("/api/signup", step, SignUpWire.Default.SignUpStep, run.Cancelled);
        if (reply.Status != HttpStatusCode.NotFound && !reply.Errors.Concern("uuid"))
            return reply;

        // The server knows this sign-up no more: no other answer would help.
        PendingSignUp.Forget(run.Surroundings);
        throw new Failure(ExitCode.Error, "The sign-up has expired.", BeginHint);
    }
}

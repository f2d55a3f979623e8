using Gatehouse.Domain;
using Gatehouse.Gateways;

namespace Gatehouse.Features.CardPages;

/// <summary>A card page of the sandbox, before it is filled in and after.</summary>
public sealed class ShowCardPage(SandboxDesk desk)
{
    /// <summary>Whether the card was entered already. Refuses with <see cref="Reason.InvalidToken"/>.</summary>
    public async Task<Outcome<CardPageProgress>> Run(string? id, CancellationToken stop) =>
        await desk.ReadPage(id ?? "", stop) switch
        {
            SandboxPageState.Open => new CardPageProgress(IsDone: false),
            SandboxPageState.Done => new CardPageProgress(IsDone: true),
            SandboxPageState.Gone => new Refusal(Reason.InvalidToken, Field.Token),
        };
}

/// <summary>How far a card page is.</summary>
public sealed record CardPageProgress(bool IsDone);

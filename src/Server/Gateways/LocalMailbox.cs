using MimeKit;

namespace Gatehouse.Gateways;

/// <summary>Mail that stays on this machine: one .eml file a message, newest last by name.</summary>
public sealed class LocalMailbox(string folder, TimeProvider clock) : MailGateway
{
    private const int MostShown = 100;

    public override async Task Send(MimeMessage message, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        var name = $"{clock.GetUtcNow():yyyyMMdd-HHmmss-ffffff}-{message.MessageId!.Split('@')[0]}";
        var (draft, final) = (Path.Combine(folder, name + ".part"), Path.Combine(folder, name + ".eml"));
        await message.WriteToAsync(draft, stop);
        // Whoever watches the folder sees whole messages only.
        File.Move(draft, final, overwrite: true);
    }

    /// <summary>The newest messages, the newest first.</summary>
    public IReadOnlyList<MimeMessage> List() => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, "*.eml").OrderDescending(StringComparer.Ordinal).Take(MostShown).Select(Read)]
        : [];

    private static MimeMessage Read(string path) => MimeMessage.Load(path);
}

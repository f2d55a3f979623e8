using MimeKit;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Harness;

/// <summary>
/// A folder of messages (<c>*.eml</c>), as the server's local mail and <see cref="SmtpServer"/> keep them.
/// </summary>
public sealed class Mailbox(string folder)
{
    private readonly Lock turn = new();
    private readonly HashSet<string> read = [];

    /// <summary>Every message of the folder, in the order of the files' names.</summary>
    public IReadOnlyList<MimeMessage> Messages => [.. Files().Select(Read)];

    /// <summary>
    /// Waits for a message to this address that was not given out yet, and whose subject contains
    /// <paramref name="about"/>.
    /// </summary>
    public Task<MimeMessage> Next(string address, string about = "", TimeSpan? within = null) => Eventually.Get(
        () =>
        {
            lock (turn)
                return FirstUnread(address, about);
        },
        () => $"No message to {address} about '{about}'. There are:\n"
            + string.Join('\n', Messages.Select(message => $"{message.To}: {message.Subject}")),
        within);

    private MimeMessage? FirstUnread(string address, string about)
    {
        foreach (var file in Files().Where(file => !read.Contains(file)))
        {
            var message = Read(file);
            if (!IsTo(message, address) || !IsAbout(message, about))
                continue;
            read.Add(file);
            return message;
        }

        return null;
    }

    private static bool IsTo(MimeMessage message, string address) =>
        message.To.Mailboxes.Any(to => to.Address.Equals(address, StringComparison.OrdinalIgnoreCase));

    private static bool IsAbout(MimeMessage message, string about) =>
        message.Subject?.Contains(about, StringComparison.OrdinalIgnoreCase) ?? about.Length == 0;

    private static MimeMessage Read(string file) => MimeMessage.Load(file, TestContext.Current.CancellationToken);

    private IEnumerable<string> Files() => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.eml").Order(StringComparer.Ordinal)
        : [];
}

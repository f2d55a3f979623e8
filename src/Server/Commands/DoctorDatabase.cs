using System.Globalization;
using Gatehouse.Data;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Commands;

/// <summary>What the doctor asks the database.</summary>
internal sealed class DoctorDatabase(Db db, Settings settings, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LateMail = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LostMail = TimeSpan.FromHours(1);

    /// <summary>
    /// Database, its settings, clock, migrations, master key, outbox and webhooks; what cannot be asked is left out.
    /// </summary>
    public async Task<IReadOnlyList<DoctorFinding>> Look()
    {
        const string Check = "Database";
        using var patience = new CancellationTokenSource(Patience);
        var findings = new List<DoctorFinding>();
        var name = Examination.NameOf(db);
        if (!Examination.IsThere(db))
            return [DoctorFinding.Red(Check, $"{name}: there is none yet; `gatehouse serve` makes it")];
        try
        {
            findings.Add(await Settings(patience.Token));
            findings.Insert(0, DoctorFinding.Green(Check, name));
            await Add(findings, patience.Token);
        }
        catch (Exception broken) when (Faults.IsOutage(broken) || broken is System.Data.Common.DbException)
        {
            findings.Add(DoctorFinding.Red(Check, $"{name}: {FirstLine(broken.GetBaseException().Message)}"));
        }

        return findings;
    }

    private async Task Add(List<DoctorFinding> findings, CancellationToken stop)
    {
        findings.Add(await Clock(stop));
        var migrations = await Migrations(stop);
        findings.Add(migrations);
        if (migrations.Light == Light.Red) return;
        findings.Add(await MasterKey(stop));
        findings.Add(await Outbox(stop));
        findings.Add(await new DoctorWebhooks(db, clock).Look(stop));
    }

    private async Task<DoctorFinding> Settings(CancellationToken stop)
    {
        var examined = await Examination.Run(db, stop);
        return examined.Wrong.Count == 0
            ? DoctorFinding.Green("Durability", examined.Right)
            : DoctorFinding.Red("Durability", string.Join("; ", examined.Wrong));
    }

    private async Task<DoctorFinding> Migrations(CancellationToken stop)
    {
        const string Check = "Migrations";
        var known = db.Database.GetMigrations().ToList();
        var applied = (await db.Database.GetAppliedMigrationsAsync(stop)).ToList();
        var missing = known.Except(applied, StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
            return DoctorFinding.Red(Check, $"{missing.Count} of {known.Count} are missing: `gatehouse migrate`");
        return applied.Except(known, StringComparer.Ordinal).FirstOrDefault() is { } newer
            ? DoctorFinding.Red(Check, $"the database has {newer}, which only a newer version knows: start that one")
            : DoctorFinding.Green(Check, $"all {known.Count} applied");
    }

    private async Task<DoctorFinding> MasterKey(CancellationToken stop)
    {
        const string Check = "Master key";
        try
        {
            if (Installation.FindMasterKey(settings) is not { } key)
                return DoctorFinding.Red(Check, "there is none in DataDirectory, but the database was made with one");
            return await Installation.IsKeyOf(db, key, stop) switch
            {
                true => DoctorFinding.Green(Check, "the one that this database was made with"),
                false => DoctorFinding.Red(Check, "MasterKey (or MasterKeyFile) is not the key of this database"),
                null => DoctorFinding.Yellow(Check, "the database has none noted yet; the first start does that"),
            };
        }
        catch (MistakenStart unusable)
        {
            return DoctorFinding.Red(Check, unusable.Message);
        }
    }

    /// <summary>The answer is as old as half the way there and back.</summary>
    private async Task<DoctorFinding> Clock(CancellationToken stop)
    {
        const string Check = "Clock";
        await db.ReadClock(stop); // The first question opens the connection.
        var sent = clock.GetTimestamp();
        var theirs = await db.ReadClock(stop);
        var offset = clock.UtcNow() - clock.GetElapsedTime(sent) / 2 - theirs;
        var side = offset < TimeSpan.Zero ? "behind" : "ahead of";
        var seconds = Math.Abs(offset.TotalSeconds).ToString("0.000", CultureInfo.InvariantCulture);
        var says = $"{seconds} s {side} the database's";
        return offset.Duration() <= Health.LargestOffset
            ? DoctorFinding.Green(Check, says)
            : DoctorFinding.Red(Check, $"{says}; more than {Health.LargestOffset.TotalSeconds:0} s: set it by NTP");
    }

    private async Task<DoctorFinding> Outbox(CancellationToken stop)
    {
        const string Check = "Outbox";
        var waiting = await db.OutboxMails.CountAsync(stop);
        if (waiting == 0) return DoctorFinding.Green(Check, "no mail waits");
        var oldest = await db.OutboxMails.MinAsync(mail => mail.CreatedAt, stop);
        var age = clock.UtcNow() - oldest;
        var says = $"{waiting} mails wait, the oldest for {age.TotalMinutes:0} min";
        return age < LateMail ? DoctorFinding.Green(Check, says)
            : age < LostMail ? DoctorFinding.Yellow(Check, $"{says}: does a server run, and does Mail answer?")
            : DoctorFinding.Red(Check, $"{says}: does a server run, and does Mail answer?");
    }

    private static string FirstLine(string text) => text.Split('\n')[0].TrimEnd();
}

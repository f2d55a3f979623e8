using Gatehouse.Domain;
using Xunit;

namespace Gatehouse.Tests.Domain;

/// <summary>
/// Months of an account (contract 5): from the sign-up day, which a short month moves to its last day.
/// </summary>
public sealed class BillingPeriodTests
{
    [Theory]
    [InlineData("2027-06-15", "2027-06-15 00:00:00", "2027-06-15", "2027-07-15")]
    [InlineData("2027-06-15", "2027-06-14 23:59:59", "2027-05-15", "2027-06-15")]
    [InlineData("2027-06-15", "2028-01-01 00:00:00", "2027-12-15", "2028-01-15")]
    [InlineData("2027-01-31", "2027-02-28 00:00:00", "2027-02-28", "2027-03-31")]
    [InlineData("2027-01-31", "2027-02-27 23:59:59", "2027-01-31", "2027-02-28")]
    [InlineData("2027-01-31", "2027-04-30 12:00:00", "2027-04-30", "2027-05-31")]
    [InlineData("2027-01-30", "2028-02-29 00:00:00", "2028-02-29", "2028-03-30")]
    [InlineData("2027-01-29", "2028-02-29 00:00:00", "2028-02-29", "2028-03-29")]
    [InlineData("2027-01-29", "2027-02-28 00:00:00", "2027-02-28", "2027-03-29")]
    [InlineData("2028-02-29", "2029-02-28 00:00:00", "2029-02-28", "2029-03-29")]
    [InlineData("2027-12-31", "2027-12-31 00:00:00", "2027-12-31", "2028-01-31")]
    public void Period_begins_on_the_sign_up_day_or_the_last_day_of_the_month(
        string signUp, string moment, string start, string end)
    {
        var period = BillingPeriod.Containing(Utc(signUp).AddHours(13), Utc(moment).ToSecond());
        Assert.Equal((Utc(start), Utc(end)), (Seconds.ToMoment(period.StartsAt), Seconds.ToMoment(period.EndsAt)));
    }

    [Fact]
    public void Periods_follow_each_other_without_a_gap_for_every_day_of_sign_up()
    {
        for (var day = Utc("2027-12-01"); day < Utc("2028-03-02"); day = day.AddDays(1))
        {
            var period = BillingPeriod.Containing(day.AddSeconds(1), day.ToSecond());
            Assert.Equal(day.ToSecond(), period.StartsAt);
            for (var i = 0; i < 60; i++)
            {
                Assert.Equal(period, BillingPeriod.Containing(day, period.EndsAt - 1));
                Assert.InRange(period.Seconds, 28 * 86_400, 31 * 86_400);
                var next = BillingPeriod.Containing(day, period.EndsAt);
                Assert.Equal(period.EndsAt, next.StartsAt);
                period = next;
            }
        }
    }

    private static DateTime Utc(string text) => DateTime.Parse(
        text,
        System.Globalization.CultureInfo.InvariantCulture,
        System.Globalization.DateTimeStyles.AssumeUniversal | System.Globalization.DateTimeStyles.AdjustToUniversal);
}

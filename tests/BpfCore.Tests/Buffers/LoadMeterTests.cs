using BpfCore.Buffers;
using Xunit;

namespace BpfCore.Tests.Buffers;

public sealed class LoadMeterTests
{
    private readonly FakeClock _clock = new();
    private readonly LoadMeter _load;

    public LoadMeterTests()
    {
        _load = new LoadMeter(_clock);
    }

    [Fact]
    public void Update_EnoughRecordsInAWindow_IsBusyAtOnce()
    {
        _load.Add(LoadMeter.BusyCount - 1);
        Assert.False(_load.Update(_clock.GetTimestamp()));
        Assert.False(_load.IsBusy);

        _load.Add(1);

        Assert.True(_load.Update(_clock.GetTimestamp()));
        Assert.True(_load.IsBusy);
        Assert.False(_load.Update(_clock.GetTimestamp()));
    }

    [Fact]
    public void Update_AsManyRecordsOverSeveralWindows_IsNotBusy()
    {
        for (int window = 0; window < 10; window++)
        {
            _load.Add(LoadMeter.BusyCount - 1);
            EndWindow();
            Assert.False(_load.Update(_clock.GetTimestamp()));
        }

        Assert.False(_load.IsBusy);
    }

    [Fact]
    public void Update_HalfTheRate_StaysBusy()
    {
        MakeBusy();
        _load.Add(LoadMeter.BusyCount / 2);
        EndWindow();

        Assert.False(_load.Update(_clock.GetTimestamp()));
        Assert.True(_load.IsBusy);
    }

    [Fact]
    public void Update_LessThanHalfTheRate_EndsTheLoadAndRemembersItForAWindow()
    {
        MakeBusy();
        _load.Add((LoadMeter.BusyCount / 2) - 1);
        EndWindow();

        Assert.True(_load.Update(_clock.GetTimestamp()));
        Assert.Equal((false, true), (_load.IsBusy, _load.WasBusy));
        EndWindow();
        Assert.False(_load.Update(_clock.GetTimestamp()));
        Assert.Equal((false, false), (_load.IsBusy, _load.WasBusy));
    }

    private void MakeBusy()
    {
        _load.Add(LoadMeter.BusyCount);
        Assert.True(_load.Update(_clock.GetTimestamp()));
    }

    private void EndWindow() => _clock.Advance((int)LoadMeter.Window.TotalMilliseconds);
}

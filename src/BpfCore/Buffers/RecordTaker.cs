namespace BpfCore.Buffers;

/// <summary>Decodes one record, and adds up the losses that were reported before it.</summary>
/// <param name="decode">Makes a value of its bytes.</param>
internal struct RecordTaker<T>(RecordDecoder<T> decode) : IRecordHandler
{
    private ReceivedRecord<T> _record;
    private ulong _lost;

    public void OnSample(int source, ReadOnlySpan<byte> data) =>
        _record = new ReceivedRecord<T>(source, decode(source, data), LostBefore: 0);

    public void OnLost(int source, ulong count) => _lost += count;

    /// <summary>The record that was decoded, once.</summary>
    public ReceivedRecord<T> Take()
    {
        ReceivedRecord<T> record = _record with { LostBefore = _lost };
        _record = default;
        _lost = 0;
        return record;
    }
}

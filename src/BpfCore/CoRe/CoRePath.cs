using BpfCore.Btf;

namespace BpfCore.CoRe;

/// <summary>An access resolved on the types of one file (libbpf's <c>struct bpf_core_spec</c>).</summary>
/// <remarks>
/// It is kept twice: as <see cref="Indexes"/>, one for each level of nesting, and as <see cref="Steps"/>, which leave
/// out the anonymous members in between, because those may differ from kernel to kernel. Paths are used again for
/// one relocation after the other, so that relocating allocates nothing for them.
/// </remarks>
internal sealed class CoRePath
{
    private readonly int[] _indexes = new int[CoReAccessor.MaximumLength];
    private readonly CoReStep[] _steps = new CoReStep[CoReAccessor.MaximumLength];
    private int _indexCount;
    private int _stepCount;

    /// <summary>The type that the path starts from.</summary>
    public BtfType Root { get; private set; }

    /// <summary>The kind of relocation that the path serves.</summary>
    public CoReRelocationKind Kind { get; private set; }

    /// <summary>Distance from the root's start to the path's end, in bits, modulo 2^32 as in libbpf.</summary>
    public uint BitOffset { get; set; }

    /// <summary>One index for each level, anonymous members included.</summary>
    public ReadOnlySpan<int> Indexes => _indexes.AsSpan(0, _indexCount);

    /// <summary>Named members and array indexes.</summary>
    public ReadOnlySpan<CoReStep> Steps => _steps.AsSpan(0, _stepCount);

    /// <summary>The file that ids of this path belong to.</summary>
    public BtfFile File => Root.File;

    /// <summary>Empties the path and gives it a new root.</summary>
    public void Start(BtfType root, CoReRelocationKind kind)
    {
        Root = root;
        Kind = kind;
        BitOffset = 0;
        _indexCount = 0;
        _stepCount = 0;
    }

    /// <summary>Empties the path and fills <see cref="Indexes"/> from an access string.</summary>
    public void Start(BtfType root, CoReRelocationKind kind, ReadOnlySpan<byte> accessor)
    {
        Start(root, kind);
        _indexCount = CoReAccessor.Parse(accessor, _indexes);
    }

    public void AddStep(CoReStep step) => _steps[_stepCount++] = step;

    public void RemoveStep() => _stepCount--;

    /// <summary>Goes one level deeper.</summary>
    /// <exception cref="CoReFault">The target's types nest deeper than a path can tell.</exception>
    public void AddIndex(int index)
    {
        if (_indexCount == CoReAccessor.MaximumLength)
        {
            throw new CoReFault($"the target's types nest deeper than {CoReAccessor.MaximumLength} levels");
        }

        _indexes[_indexCount++] = index;
    }

    public void RemoveIndex() => _indexCount--;

    /// <summary>Moves on by <paramref name="count"/> values of <paramref name="element"/>.</summary>
    /// <exception cref="CoReFault">Values of that type have no size.</exception>
    public void Advance(BtfType element, int count) =>
        BitOffset = unchecked(BitOffset + ((uint)count * SizeOf(element) * 8));

    /// <summary>
    /// Whether an array at the end of this path may be indexed past its length: a flexible array, which has none and
    /// is the last member of its structure.
    /// </summary>
    public bool EndsInFlexibleArray(BtfArray array)
    {
        CoReStep last = _steps[_stepCount - 1];
        return array.Count == 0 && last.IsNamed && last.Index == File[last.TypeId].ElementCount - 1;
    }

    /// <summary>Size of a value in bytes.</summary>
    /// <exception cref="CoReFault">Values of that type have no size.</exception>
    public static uint SizeOf(BtfType type) => type.TryResolveSize(out uint size)
        ? size
        : throw new CoReFault($"{CoReText.Describe(type)} has no size");
}

using System.Globalization;
using BpfCore.Specs;
using static BpfCore.Links.NetlinkNative;

namespace BpfCore.Links;

/// <summary>A place of traffic control where filters run.</summary>
public sealed record TcHook : AttachTarget
{
    private TcHook(int interfaceIndex, uint parent)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(interfaceIndex);
        InterfaceIndex = interfaceIndex;
        Parent = parent;
    }

    /// <summary>Index of the interface in the network namespace of the attaching thread.</summary>
    public int InterfaceIndex { get; }

    /// <summary>
    /// The discipline or class that the filter belongs to, as <c>tc</c> writes it: major and minor number.
    /// </summary>
    public uint Parent { get; }

    /// <summary>The packets that come in. The interface needs <see cref="TrafficControl.TryAddClsact"/>.</summary>
    /// <param name="interfaceIndex">Index of the interface.</param>
    public static TcHook Ingress(int interfaceIndex) =>
        new(interfaceIndex, (TC_H_CLSACT & TC_H_MAJ_MASK) | TC_H_MIN_INGRESS);

    /// <summary>The packets that go out. The interface needs <see cref="TrafficControl.TryAddClsact"/>.</summary>
    /// <param name="interfaceIndex">Index of the interface.</param>
    public static TcHook Egress(int interfaceIndex) =>
        new(interfaceIndex, (TC_H_CLSACT & TC_H_MAJ_MASK) | TC_H_MIN_EGRESS);

    /// <summary>A queueing discipline or class of the interface.</summary>
    /// <param name="interfaceIndex">Index of the interface.</param>
    /// <param name="parent">Its number, for example 0x10000 of <c>1:</c>.</param>
    public static TcHook Under(int interfaceIndex, uint parent)
    {
        ArgumentOutOfRangeException.ThrowIfZero(parent);
        return new TcHook(interfaceIndex, parent);
    }

    /// <inheritdoc/>
    public override string ToString() => (Parent & ~TC_H_MAJ_MASK, Parent & TC_H_MAJ_MASK) switch
    {
        (TC_H_MIN_INGRESS, TC_H_CLSACT & TC_H_MAJ_MASK) => $"tc ingress of interface {InterfaceIndex}",
        (TC_H_MIN_EGRESS, TC_H_CLSACT & TC_H_MAJ_MASK) => $"tc egress of interface {InterfaceIndex}",
        _ => string.Create(
            CultureInfo.InvariantCulture, $"tc {Parent >> 16:x}:{Parent & 0xFFFF:x} of interface {InterfaceIndex}"),
    };
}

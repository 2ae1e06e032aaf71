// An old street front: plaster, bricks, shutters, a street sign, a climbing plant.
#version 3.7;
#include "functions.inc"
#include "rand.inc"
global_settings { assumed_gamma 1.0 max_trace_level 4 }
camera { location <1.6, 1.9, -8.6> look_at <0.1, 1.95, 0> right x*3/4 up y angle 36 }
light_source { <-500, 620, -420> rgb <2.15, 1.92, 1.55> parallel point_at 0 }
light_source { <400, 500, -700> rgb <0.28, 0.34, 0.44> shadowless parallel point_at 0 }
#declare R = seed(62);
// Bricks where the plaster has gone.
difference {
  box { <-9, -4, 0.06>, <9, 9, 0.5> }
  box { <-0.98, 0.95, -1>, <0.98, 3.35, 1> }
  texture {
    pigment { brick pigment { rgb <0.40, 0.36, 0.31> },
      pigment { granite scale 1.3 color_map { [0 rgb <0.30, 0.095, 0.055>] [0.5 rgb <0.40, 0.15, 0.085>] [1 rgb <0.26, 0.11, 0.08>] } }
      brick_size <0.46, 0.15, 0.24> mortar 0.022 }
    normal { average normal_map { [1 brick normal { granite 0.1 }, normal { granite 0.5 scale 0.4 } brick_size <0.46, 0.15, 0.24> mortar 0.022] [0.6 granite 0.4 scale 0.2] } }
    finish { diffuse 0.9 ambient 0 } } }
// Plaster: an isosurface slab with a ragged edge.
#declare Ragged = function(x, y) { 1.1*f_noise3d(x*0.9, y*0.9, 2) + 0.42*f_noise3d(x*3, y*3, 5) + 0.16*f_noise3d(x*11, y*11, 8) + 0.25*min(1.6, y*0.55) }
difference {
  isosurface {
    function { max(abs(z) - 0.05 + 0.012*f_noise3d(x*6, y*6, 0), (0.92 - Ragged(x, y))*0.25) }
    contained_by { box { <-5, -1.5, -0.06>, <5, 6, 0.06> } } max_gradient 1.6
    texture { pigment { granite turbulence 0.6 scale 2.6 color_map { [0 rgb <0.62, 0.40, 0.19>] [0.5 rgb <0.70, 0.48, 0.25>] [0.85 rgb <0.60, 0.45, 0.28>] [1 rgb <0.44, 0.36, 0.26>] } }
      normal { granite 0.35 scale 0.6 } finish { diffuse 0.9 ambient 0 } }
  }
  box { <-0.98, 0.95, -1>, <0.98, 3.35, 1> }
}
#declare Paint = texture {
  pigment { granite scale <0.3, 1.6, 0.3> color_map { [0 rgb <0.035, 0.15, 0.16>] [0.75 rgb <0.05, 0.21, 0.21>] [0.86 rgb <0.20, 0.20, 0.15>] [1 rgb <0.32, 0.25, 0.17>] } }
  normal { wood 0.2 scale <0.05, 0.05, 1> rotate x*90 } finish { diffuse 0.85 ambient 0 specular 0.12 roughness 0.05 } }
#macro Shutter()
  union {
    difference { box { <0, 0, 0>, <0.94, 2.3, 0.06> } box { <0.09, 0.10, -1>, <0.85, 1.10, 1> } box { <0.09, 1.20, -1>, <0.85, 2.20, 1> } }
    #for (I, 0, 27)
      box { <0.08, -0.034, -0.006>, <0.86, 0.034, 0.006> rotate x*(-38 + 5*(rand(R) - 0.5)) translate <0, 0.14 + I*0.0740 + 0.06*(I > 13), 0.03> }
    #end
    texture { Paint translate rand(R)*5 }
  }
#end
// The window.
box { <-0.98, 0.95, 0.30>, <0.98, 3.35, 0.34> pigment { gradient y scale 3 color_map { [0 rgb 0.015] [1 rgb <0.05, 0.06, 0.07>] } } finish { reflection 0.10 specular 0.3 ambient 0 } }
#for (I, -1, 1) box { <I*0.93 - 0.055, 0.95, 0.10>, <I*0.93 + 0.055, 3.35, 0.24> texture { pigment { rgb <0.58, 0.55, 0.48> } normal { granite 0.15 } finish { diffuse 0.85 ambient 0 } } } #end
#for (I, 0, 3) box { <-0.95, 0.96 + I*0.775, 0.11>, <0.95, 1.03 + I*0.775, 0.22> texture { pigment { rgb <0.58, 0.55, 0.48> } finish { diffuse 0.85 ambient 0 } } } #end
box { <-1.12, 0.80, -0.20>, <1.12, 0.95, 0.2> pigment { granite color_map { [0 rgb <0.34, 0.31, 0.27>] [1 rgb <0.52, 0.49, 0.43>] } scale 0.4 } normal { granite 0.3 scale 0.3 } finish { diffuse 0.9 ambient 0 } }
object { Shutter() rotate y*16 translate <1.02, 0.99, -0.10> }
object { Shutter() translate x*-0.94 rotate y*-24 translate <-1.02, 0.99, -0.10> }
// The sign.
union {
  box { <-0.78, -0.22, 0>, <0.78, 0.22, 0.03> pigment { rgb <0.035, 0.085, 0.26> } finish { diffuse 0.8 ambient 0 specular 0.6 roughness 0.01 reflection 0.03 } }
  box { <-0.74, -0.18, -0.004>, <0.74, 0.18, 0.01> pigment { rgb <0.80, 0.79, 0.74> } finish { diffuse 0.85 ambient 0 } }
  box { <-0.72, -0.16, -0.006>, <0.72, 0.16, 0.01> pigment { rgb <0.035, 0.085, 0.26> } finish { diffuse 0.8 ambient 0 specular 0.6 roughness 0.01 } }
  text { ttf "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf" "Rue du Lac", 0.02, 0 scale <0.235, 0.235, 1> translate <-0.615, -0.085, -0.016> pigment { rgb <0.82, 0.81, 0.77> } finish { diffuse 0.9 ambient 0 } }
  translate <0.25, 3.82, -0.10>
}
// Leaves climbing at the right and in a pot on the sill.
#declare Leaf = mesh {
  triangle { <0, 0, 0>, <0.5, 0.1, 0.42>, <1, 0, 0> } triangle { <0, 0, 0>, <0.5, 0.1, -0.42>, <1, 0, 0> }
  triangle { <0.5, 0.1, 0.42>, <0.72, 0.02, 0.30>, <1, 0, 0> } triangle { <0.5, 0.1, -0.42>, <0.72, 0.02, -0.30>, <1, 0, 0> } }
#for (I, 0, 1499)
  #declare T = rand(R);
  #declare P = <2.30 - 0.75*T*T + 0.24*sin(T*9) + (rand(R) - 0.5)*(0.75 - 0.5*T), -0.8 + 5.2*T, -0.10 - 0.22*rand(R)>;
  object { Leaf scale 0.075 + 0.075*rand(R) rotate <rand(R)*360, 0, -50 - 60*rand(R)> rotate y*(rand(R)*160 - 80) translate P
    pigment { rgb <0.06, 0.15, 0.03>*(0.6 + 0.9*rand(R)) + <0.05, 0.03, 0>*rand(R) } finish { diffuse 0.95 ambient 0.01 specular 0.2 roughness 0.05 } }
#end
#for (S, -1, 1)
  union {
    cone { 0, 0.13, y*0.26, 0.17 pigment { granite color_map { [0 rgb <0.40, 0.15, 0.07>] [1 rgb <0.50, 0.22, 0.12>] } } finish { diffuse 0.9 ambient 0 } }
    #for (I, 0, 109)
      #local A = 2*pi*rand(R); #local D = 0.26*sqrt(rand(R));
      object { Leaf scale 0.06 + 0.05*rand(R) rotate <rand(R)*360, rand(R)*360, 40*rand(R)> translate <D*cos(A), 0.30 + 0.24*rand(R), D*sin(A)*0.7>
        pigment { #if (rand(R) < 0.34) rgb <0.62, 0.05, 0.07> #else rgb <0.07, 0.17, 0.04> #end } finish { diffuse 0.95 ambient 0.01 } }
    #end
    translate <S*0.62, 0.95, -0.03>
  }
#end
